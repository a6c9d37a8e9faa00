/// Reads a query string.
pub fn parse_query<T: DeserializeOwned + Validate>(query: &str) -> Result<T, Error> {
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    let errors = match serde_path_to_error::deserialize::<_, T>(pairs) {
        Err(error) => vec![wrong_shape(&error)],
        Ok(parsed) => match parsed.validate() {
            Ok(()) => return Ok(parsed),
            Err(errors) => violations(&errors),
        },
    };
    let reasons = errors
        .iter()
        .map(|error| format!("{} {}", error.field, error.message));
    Err(Error::Malformed(Vec::from_iter(reasons).join("; ")))
}
