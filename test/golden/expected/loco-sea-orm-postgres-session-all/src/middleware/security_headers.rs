//! Sets headers that tell browsers to treat responses as data only.

use std::ops::ControlFlow;

use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;

use super::wrap::{Middleware, Wrap};

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
