//! Requirements of HTTP/1.1 that HTTP libraries do not enforce.

use axum::http::header::{HOST, HeaderMap, TRANSFER_ENCODING};
use axum::http::uri::Authority;
use axum::http::{Method, Uri, Version};

use crate::error::Error;

/// Checks the parts of a request that RFC 9112 requires a server to reject if they are invalid.
pub fn check(
    method: &Method,
    target: &Uri,
    version: Version,
    headers: &HeaderMap,
) -> Result<(), Error> {
    let reason = if !is_target(method, target) {
        "the request target must be a path or a URL"
    } else if !has_host(version, headers) {
        "there must be exactly one Host header, and it must name a host"
    } else if !is_readable(headers) {
        "the only supported transfer coding is chunked"
    } else {
        return Ok(());
    };
    Err(Error::Malformed(reason.to_owned()))
}

/// Whether the target is a path, a URL, or `*` in an `OPTIONS` request (section 3.2). `CONNECT` is
/// for proxies.
fn is_target(method: &Method, target: &Uri) -> bool {
    match target.path() {
        "*" => method == Method::OPTIONS,
        path => {
            let mut authority = target.authority().map(Authority::as_str).into_iter();
            method != Method::CONNECT && path.starts_with('/') && authority.all(is_host)
        }
    }
}

/// Whether there is one valid `Host`, which only HTTP/1.1 requires (section 3.2).
fn has_host(version: Version, headers: &HeaderMap) -> bool {
    match first_two(headers.get_all(HOST)) {
        (None, _) => version != Version::HTTP_11,
        (Some(host), None) => host.to_str().is_ok_and(is_host),
        _ => false,
    }
}

/// Whether the text is a host with an optional port. It is empty if the URL has no host.
fn is_host(text: &str) -> bool {
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-.".contains(&byte);

    // Almost every host is a name or an IPv4 address, which needs no parser.
    let (name, port) = text.split_once(':').unwrap_or((text, ""));
    if !name.is_empty() && name.bytes().all(is_plain) && is_port(port) {
        return true;
    }
    text.is_empty()
        || text.parse().is_ok_and(|authority: Authority| {
            match text.strip_prefix(authority.host()) {
                Some(port) => port.strip_prefix(':').is_none_or(is_port),
                // It starts with a user name.
                None => false,
            }
        })
}

/// Whether `chunked` is the only transfer coding, applied once (section 6.1).
fn is_readable(headers: &HeaderMap) -> bool {
    match first_two(headers.get_all(TRANSFER_ENCODING)) {
        (None, _) => true,
        (Some(coding), None) => coding.as_bytes().eq_ignore_ascii_case(b"chunked"),
        _ => false,
    }
}

/// Returns the first value and the second, which shows whether there is more than one.
fn first_two<T>(values: impl IntoIterator<Item = T>) -> (Option<T>, Option<T>) {
    let mut values = values.into_iter();
    (values.next(), values.next())
}

#[cfg(test)]
mod tests {
    use super::is_host;

    #[test]
    fn a_host_has_a_name_and_an_optional_port() {
        for host in ["", "a.example", "127.0.0.1:80", "[::1]", "[::1]:80", "a:"] {
            assert!(is_host(host), "{host}");
        }
        for other in ["a b", "a/b", "a@b", "a:b", "a:1:2", "[::1", "é"] {
            assert!(!is_host(other), "{other}");
        }
    }
}
