//! Traces every request.

use std::sync::Arc;

use poem::Endpoint;
use poem::IntoResponse;
use poem::PathPattern;
use poem::Request;
use poem::Response;
use poem::Result;
use tracing::Instrument;
use tracing::Span;

use crate::traces::log;
use crate::traces::request;

/// Creates the span of the request, the parent of all spans inside it.
pub async fn trace<E: Endpoint>(next: Arc<E>, mut request: Request) -> Result<Response> {
    let span = begin(&request);
    request.set_data(RequestSpan(span.clone()));

    let response = next
        .call(request)
        .instrument(log::ids(&span))
        .instrument(span.clone())
        .await?;
    let response = response.into_response();
    request::answered(&span, response.status().as_u16());
    Ok(response)
}

fn begin(request: &Request) -> Span {
    let header = |name: &str| request.header(name);
    request::begin(request.method().as_str(), request.uri().path(), &header)
}

/// The span of the request, to which the router adds the route.
#[derive(Clone)]
struct RequestSpan(Span);

/// Records the matched route on the span.
pub fn note_route(request: &Request) {
    if let (Some(RequestSpan(span)), Some(pattern)) = (request.data(), request.data()) {
        let PathPattern(pattern) = pattern;
        request::matched(span, request.method().as_str(), pattern);
    }
}
