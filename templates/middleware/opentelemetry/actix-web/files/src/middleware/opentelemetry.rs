//! Traces every request.

use actix_web::body::MessageBody;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::middleware::Next;
use tracing::Instrument;
use tracing::Span;

use crate::traces::log;
use crate::traces::request;

/// Creates the span of the request, the parent of all spans inside it.
pub async fn trace(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> actix_web::Result<ServiceResponse<impl MessageBody>> {
    let span = begin(&request);
    let response = next
        .call(request)
        .instrument(log::ids(&span))
        .instrument(span.clone())
        .await?;
    request::answered(&span, response.status().as_u16());
    Ok(response)
}

fn begin(request: &ServiceRequest) -> Span {
    let method = request.method().as_str();
    let header = |name: &str| request.headers().get(name)?.to_str().ok();
    let span = request::begin(method, request.path(), &header);
    if let Some(route) = request.match_pattern() {
        request::matched(&span, method, &route);
    }
    span
}
