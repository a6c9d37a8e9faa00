/// Parses a stored value.
pub(crate) fn read<T: FromStr<Err: Into<Cause>>>(text: &str) -> Result<T, Error> {
    text.parse()
        .map_err(|error: T::Err| Error::Internal(error.into()))
}
