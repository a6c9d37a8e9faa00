/// Serializes like [`serialize`], and `None` as null.
pub fn serialize_optional<S: Serializer>(
    time: &Option<DateTime<Utc>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let text = time.map(|time| time.to_rfc3339_opts(SecondsFormat::Micros, true));
    text.serialize(serializer)
}

/// Deserializes RFC 3339 with any offset.
pub fn deserialize<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<DateTime<Utc>>,
{
    let text = String::deserialize(deserializer)?;
    parse(&text).map(T::from)
}

/// Deserializes like [`deserialize`], and null as `None`.
pub fn deserialize_optional<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<Option<DateTime<Utc>>>,
{
    let text = Option::<String>::deserialize(deserializer)?;
    let time = text.as_deref().map(parse).transpose()?;
    Ok(time.into())
}

fn parse<E: Error>(text: &str) -> Result<DateTime<Utc>, E> {
    let time = DateTime::parse_from_rfc3339(text).ok();
    let time = time.map(|time| time.to_utc().trunc_subsecs(6));
    // Databases have no leap seconds, and not all of them have other years.
    let is_stored = |time: &DateTime<Utc>| {
        (1000..=9999).contains(&time.year()) && time.nanosecond() < 1_000_000_000
    };
    let invalid = || E::invalid_value(Unexpected::Str(text), &"a timestamp of RFC 3339");
    time.filter(is_stored).ok_or_else(invalid)
}
