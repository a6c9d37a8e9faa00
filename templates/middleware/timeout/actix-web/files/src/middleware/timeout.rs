//! Limits how long a request may take.

use actix_web::HttpResponse;
use actix_web::body::MessageBody;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::middleware::Next;
use actix_web::web::Data;
use tokio::time::timeout;

use crate::state::AppState;

/// Drops the handler when the time is up, and responds with 503.
pub async fn limit(
    state: Data<AppState>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> actix_web::Result<ServiceResponse<impl MessageBody>> {
    let caller = request.request().clone();

    match timeout(state.config.timeout.request.into(), next.call(request)).await {
        Ok(result) => result.map(ServiceResponse::map_into_left_body),
        Err(_) => {
            let response = HttpResponse::ServiceUnavailable().finish();
            Ok(ServiceResponse::new(caller, response).map_into_right_body())
        }
    }
}
