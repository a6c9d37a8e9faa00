//! A trace of every request.

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

/// Makes a span of the request, around all others inside it.
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

/// The span of the request, for the router further in.
#[derive(Clone)]
struct RequestSpan(Span);

/// Tells the span which route the request has matched.
pub fn note_route(request: &Request) {
    if let (Some(RequestSpan(span)), Some(pattern)) = (request.data(), request.data()) {
        let PathPattern(pattern) = pattern;
        request::matched(span, request.method().as_str(), pattern);
    }
}
