/// Deserializes like [`deserialize`], and null as `None`.
pub fn deserialize_optional<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<Option<String>>,
{
    let text = Option::<String>::deserialize(deserializer)?;
    Ok(text.map(|text| compose(text.trim())).into())
}
