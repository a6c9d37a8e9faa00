//! Traces every request.

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use tracing::{Instrument, Span};

use crate::traces::{log, request};

/// Creates the span of the request, the parent of all spans inside it.
pub async fn trace(request: Request, next: Next) -> Response {
    let span = begin(&request);
    let response = next
        .run(request)
        .instrument(log::ids(&span))
        .instrument(span.clone())
        .await;
    request::answered(&span, response.status().as_u16());
    response
}

fn begin(request: &Request) -> Span {
    let method = request.method().as_str();
    let header = |name: &str| request.headers().get(name)?.to_str().ok();
    let span = request::begin(method, request.uri().path(), &header);
    if let Some(route) = request.extensions().get::<MatchedPath>() {
        request::matched(&span, method, route.as_str());
    }
    span
}
