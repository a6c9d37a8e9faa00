//! Sets headers that tell browsers to treat responses as data only.

use std::ops::ControlFlow;

use axum::extract::Request;
use axum::http::HeaderName;
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::header::REFERRER_POLICY;
use axum::http::header::STRICT_TRANSPORT_SECURITY;
use axum::http::header::X_CONTENT_TYPE_OPTIONS;
use axum::http::header::X_FRAME_OPTIONS;
use axum::response::Response;

use super::wrap::Middleware;
use super::wrap::Wrap;

/// The headers that OWASP's REST Security Cheat Sheet recommends.
const HEADERS: [(HeaderName, HeaderValue); 6] = [
    (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
    ),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        STRICT_TRANSPORT_SECURITY,
        HeaderValue::from_static("max-age=31536000"),
    ),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
];

/// Sets each header unless the handler has set it.
pub fn layer() -> Wrap<SetHeaders> {
    Wrap(SetHeaders)
}

#[derive(Clone)]
pub struct SetHeaders;

impl Middleware for SetHeaders {
    type State = ();

    fn before(&self, _: &mut Request) -> ControlFlow<Response> {
        ControlFlow::Continue(())
    }

    fn after((): (), response: &mut Response) {
        let headers = response.headers_mut();
        headers.reserve(HEADERS.len());
        for (name, value) in HEADERS {
            headers.entry(name).or_insert(value);
        }
    }
}
