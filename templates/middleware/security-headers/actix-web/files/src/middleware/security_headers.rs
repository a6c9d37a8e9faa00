//! Sets headers that tell browsers to treat responses as data only.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::http::header::CONTENT_SECURITY_POLICY;
use actix_web::http::header::REFERRER_POLICY;
use actix_web::http::header::STRICT_TRANSPORT_SECURITY;
use actix_web::http::header::X_CONTENT_TYPE_OPTIONS;
use actix_web::http::header::X_FRAME_OPTIONS;
use actix_web::middleware::DefaultHeaders;

/// Sets the headers that OWASP's REST Security Cheat Sheet recommends, unless the handler has set
/// them.
pub fn layer() -> DefaultHeaders {
    DefaultHeaders::new()
        .add((CACHE_CONTROL, "no-store"))
        .add((
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ))
        .add((REFERRER_POLICY, "no-referrer"))
        .add((STRICT_TRANSPORT_SECURITY, "max-age=31536000"))
        .add((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .add((X_FRAME_OPTIONS, "DENY"))
}
