//! Sets headers that tell browsers to treat responses as data only.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::http::header::CONTENT_SECURITY_POLICY;
use actix_web::http::header::HeaderName;
use actix_web::http::header::HeaderValue;
use actix_web::http::header::REFERRER_POLICY;
use actix_web::http::header::STRICT_TRANSPORT_SECURITY;
use actix_web::http::header::X_CONTENT_TYPE_OPTIONS;
use actix_web::http::header::X_FRAME_OPTIONS;
use actix_web::middleware::DefaultHeaders;

/// The headers that OWASP's REST Security Cheat Sheet recommends.
const HEADERS: [(HeaderName, &str); 6] = [
    (CACHE_CONTROL, "no-store"),
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'",
    ),
    (REFERRER_POLICY, "no-referrer"),
    (STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
];

/// Sets each header unless the handler has set it.
pub fn layer() -> DefaultHeaders {
    HEADERS
        .into_iter()
        .map(|(name, value)| (name, HeaderValue::from_static(value)))
        .fold(DefaultHeaders::new(), DefaultHeaders::add)
}
