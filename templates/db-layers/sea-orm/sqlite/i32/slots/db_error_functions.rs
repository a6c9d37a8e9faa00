/// Converts a stored number, which is in 64 bits.
pub(crate) fn narrow(number: i64) -> Result<i32, Error> {
    number
        .try_into()
        .map_err(|error: TryFromIntError| Error::Internal(error.into()))
}
