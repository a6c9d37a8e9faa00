//! Sets headers that tell browsers to treat responses as data only.

use poem::Endpoint;
use poem::IntoResponse;
use poem::Request;
use poem::Response;
use poem::Result;
use poem::http::HeaderName;
use poem::http::HeaderValue;
use poem::http::header::CACHE_CONTROL;
use poem::http::header::CONTENT_SECURITY_POLICY;
use poem::http::header::REFERRER_POLICY;
use poem::http::header::STRICT_TRANSPORT_SECURITY;
use poem::http::header::X_CONTENT_TYPE_OPTIONS;
use poem::http::header::X_FRAME_OPTIONS;

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

/// Sets each header unless the handler has set it, which Poem's own `SetHeader` would override.
pub struct SetHeaders<E>(pub E);

impl<E: Endpoint> Endpoint for SetHeaders<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let mut response = self.0.call(request).await?.into_response();
        let headers = response.headers_mut();
        headers.reserve(HEADERS.len());
        for (name, value) in HEADERS {
            headers
                .entry(name)
                .or_insert(HeaderValue::from_static(value));
        }
        Ok(response)
    }
}
