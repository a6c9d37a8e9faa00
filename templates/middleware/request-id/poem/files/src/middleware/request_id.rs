//! Assigns every request an id, which appears in its response and on its log lines.

use std::sync::Arc;

use poem::Endpoint;
use poem::IntoResponse;
use poem::Request;
use poem::Response;
use poem::Result;
use poem::http::HeaderName;
use poem::http::HeaderValue;
use tracing::Instrument;
use tracing::error_span;
use uuid::Uuid;

/// The header of the id, in requests and responses.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Keeps the id sent by the client if it is valid, and assigns a new one otherwise. Poem's own
/// `RequestId` keeps either any id or none.
pub async fn assign<E: Endpoint>(next: Arc<E>, mut request: Request) -> Result<Response> {
    let id = request
        .headers()
        .get(X_REQUEST_ID)
        .filter(|id| is_sane(id.as_bytes()));
    let id = id.cloned().unwrap_or_else(new_id);
    request.headers_mut().insert(X_REQUEST_ID, id.clone());

    // At the error level: a span below the log level would be disabled, and errors inside it would
    // lack the id.
    let span = error_span!("request", request_id = %of(&request));
    let mut response = next.call(request).instrument(span).await?.into_response();
    response.headers_mut().insert(X_REQUEST_ID, id);
    Ok(response)
}

/// Returns the id that [`assign`] gave a request.
pub fn of(request: &Request) -> &str {
    let id = request.headers().get(X_REQUEST_ID);
    id.and_then(|id| id.to_str().ok()).unwrap_or_default()
}

/// Whether an id is short and safe to log.
fn is_sane(id: &[u8]) -> bool {
    let is_allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
    (1..=128).contains(&id.len()) && id.iter().all(is_allowed)
}

fn new_id() -> HeaderValue {
    let mut buffer = Uuid::encode_buffer();
    let id = Uuid::now_v7().hyphenated().encode_lower(&mut buffer);
    HeaderValue::from_str(id).unwrap_or(HeaderValue::from_static("unknown"))
}
