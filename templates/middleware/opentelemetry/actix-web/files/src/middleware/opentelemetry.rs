//! Traces every request.

use actix_web::dev::Service;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use tracing::Instrument;
use tracing::Span;

use crate::traces::log;
use crate::traces::request;

/// Creates the span of the request, the parent of all spans inside it.
pub fn trace<S, B>(
    request: ServiceRequest,
    next: &S,
) -> impl Future<Output = actix_web::Result<ServiceResponse<B>>> + use<S, B>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
{
    let span = begin(&request);
    let ids = log::ids(&span);
    let response = span.in_scope(|| ids.in_scope(|| next.call(request)));
    let response = response.instrument(ids).instrument(span.clone());
    async move {
        let response = response.await?;
        request::answered(&span, response.status().as_u16());
        Ok(response)
    }
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
