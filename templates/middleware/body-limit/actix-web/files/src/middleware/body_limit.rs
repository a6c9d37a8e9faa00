//! Limits the size of request bodies.

use actix_web::body::EitherBody;
use actix_web::dev::Service;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::http::header::CONTENT_LENGTH;
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
pub fn enforce<S, B>(
    request: ServiceRequest,
    next: &S,
) -> impl Future<Output = actix_web::Result<ServiceResponse<EitherBody<B>>>> + use<S, B>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
{
    // The server always provides the state; without it, every body would be rejected.
    let state = request.app_data::<Data<AppState>>();
    let limit = state.map_or(0, |state| state.config.body_limit.bytes);
    let length = request.headers().get(CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse().ok());

    let outcome = if length.is_some_and(|length: usize| length > limit) {
        Err(request.error_response(Error::PayloadTooLarge))
    } else {
        Ok(next.call(request))
    };
    async {
        match outcome {
            Ok(response) => Ok(response.await?.map_into_left_body()),
            Err(rejection) => Ok(rejection.map_into_right_body()),
        }
    }
}
