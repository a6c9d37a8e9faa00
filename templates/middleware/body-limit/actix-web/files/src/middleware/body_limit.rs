//! Limits the size of request bodies.

use actix_web::body::MessageBody;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::http::header::CONTENT_LENGTH;
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::web::PayloadConfig;

use crate::config::BodyLimitConfig;
use crate::error::Error;
use crate::state::AppState;

/// Stops reading at the limit, for bodies without a `Content-Length`.
pub fn config(config: &BodyLimitConfig) -> PayloadConfig {
    PayloadConfig::new(config.bytes)
}

/// Rejects a body whose `Content-Length` is over the limit.
pub async fn enforce(
    state: Data<AppState>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> actix_web::Result<ServiceResponse<impl MessageBody>> {
    let length = request.headers().get(CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse().ok());

    if length.is_some_and(|length: usize| length > state.config.body_limit.bytes) {
        let response = request.error_response(Error::PayloadTooLarge);
        return Ok(response.map_into_right_body());
    }
    Ok(next.call(request).await?.map_into_left_body())
}
