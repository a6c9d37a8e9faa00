//! Rejects clients over the rate limit with 429.

use actix_web::HttpResponse;
use actix_web::body::MessageBody;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::http::header::HeaderName;
use actix_web::middleware::Next;
use actix_web::web::Data;

use crate::client::Client;
use crate::rate_limit;
use crate::state::AppState;

/// Counts the request, rejects it if the client is over its limit, and reports the remaining quota
/// in the headers.
pub async fn enforce(
    state: Data<AppState>,
    client: Client,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> actix_web::Result<ServiceResponse<impl MessageBody>> {
    if rate_limit::is_exempt(request.path()) {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let decision = state.rate_limit.count(client).await;

    let mut response = if decision.is_refusal() {
        let refusal = HttpResponse::TooManyRequests().finish();
        request.into_response(refusal).map_into_right_body()
    } else {
        next.call(request).await?.map_into_left_body()
    };
    for (name, value) in decision.headers() {
        let name = HeaderName::from_static(name);
        response.headers_mut().insert(name, value.into());
    }
    Ok(response)
}
