//! Assigns every request an id, which appears in its response and on its log lines.

use std::ops::ControlFlow;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use tracing::{Span, error_span};
use uuid::Uuid;

use super::wrap::{Middleware, Wrap};

/// The header of the id, in requests and responses.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Keeps the id sent by the client if it is valid, and assigns a new one otherwise.
pub fn layer() -> Wrap<Assign> {
    Wrap(Assign)
}

#[derive(Clone)]
pub struct Assign;

impl Middleware for Assign {
    type State = HeaderValue;

    fn before(&self, request: &mut Request) -> ControlFlow<Response, HeaderValue> {
        let id = request.headers().get(X_REQUEST_ID);
        let id = id.filter(|id| is_sane(id.as_bytes())).cloned();
        let id = id.unwrap_or_else(new_id);
        request.headers_mut().insert(X_REQUEST_ID, id.clone());
        ControlFlow::Continue(id)
    }

    fn after(id: HeaderValue, response: &mut Response) {
        response.headers_mut().insert(X_REQUEST_ID, id);
    }

    fn span(id: &HeaderValue) -> Span {
        // At the error level: a span below the log level would be disabled, and errors inside it
        // would lack the id.
        error_span!("request", request_id = %text(id))
    }
}

/// Returns the id that the layer gave a request.
pub fn of(request: &Request) -> HeaderValue {
    let id = request.headers().get(X_REQUEST_ID);
    id.cloned().unwrap_or(HeaderValue::from_static("unknown"))
}

/// Returns the text of an id, which is always ASCII.
pub fn text(id: &HeaderValue) -> &str {
    id.to_str().unwrap_or_default()
}

/// Whether an id is short and safe to log.
fn is_sane(id: &[u8]) -> bool {
    let is_allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
    (1..=128).contains(&id.len()) && id.iter().all(is_allowed)
}

fn new_id() -> HeaderValue {
    let mut buffer = Uuid::encode_buffer();
    let id = Uuid::new_v4().hyphenated().encode_lower(&mut buffer);
    HeaderValue::from_str(id).unwrap_or(HeaderValue::from_static("unknown"))
}
