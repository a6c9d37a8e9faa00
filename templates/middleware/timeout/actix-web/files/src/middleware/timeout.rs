//! Limits how long a request may take.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::body::EitherBody;
use actix_web::dev::Service;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::web::Data;
use tokio::time::timeout;

use crate::state::AppState;

/// Drops the handler when the time is up, and responds with 503.
pub fn limit<S, B>(
    request: ServiceRequest,
    next: &S,
) -> impl Future<Output = actix_web::Result<ServiceResponse<EitherBody<B>>>> + use<S, B>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
{
    // The server always provides the state; without it, every request would time out.
    let state = request.app_data::<Data<AppState>>();
    let limit = state.map_or(Duration::ZERO, |state| state.config.timeout.request.into());
    let caller = request.request().clone();
    let response = next.call(request);
    async move {
        match timeout(limit, response).await {
            Ok(result) => result.map(ServiceResponse::map_into_left_body),
            Err(_) => {
                let response = HttpResponse::ServiceUnavailable().finish();
                Ok(ServiceResponse::new(caller, response).map_into_right_body())
            }
        }
    }
}
