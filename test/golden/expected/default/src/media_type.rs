//! Media types and codings of bodies.

/// Whether a `Content-Type` is JSON: `application/json` or `application/*+json`, with any
/// parameters.
pub fn is_json(content_type: &str) -> bool {
    let media_type = content_type.split(';').next().unwrap_or_default();
    let media_type = media_type.trim().to_ascii_lowercase();
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte);

    media_type
        .strip_prefix("application/")
        .filter(|subtype| subtype.bytes().all(is_name))
        .is_some_and(|subtype| match subtype.strip_suffix("+json") {
            Some(base) => !base.is_empty(),
            None => subtype == "json",
        })
}

/// Whether a `Content-Encoding` means that the body is not encoded.
pub fn is_identity(content_encoding: &str) -> bool {
    let mut codings = content_encoding.split(',').map(str::trim);
    codings.all(|coding| coding.is_empty() || coding.eq_ignore_ascii_case("identity"))
}
