//! Counts requests and measures how long they take.

use actix_web::body::MessageBody;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::middleware::Next;
use actix_web::web::Data;

use crate::state::AppState;

/// Measures the request until there is a response or the client disconnects.
pub async fn measure(
    state: Data<AppState>,
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> actix_web::Result<ServiceResponse<impl MessageBody>> {
    let mut measurement = state.metrics.begin(request.method().as_str());
    measurement.route = request.match_pattern();

    let response = next.call(request).await?;
    measurement.status = Some(response.status().as_u16());
    Ok(response)
}
