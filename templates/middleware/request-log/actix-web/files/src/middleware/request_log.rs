//! One log line per request.

mod line;

use actix_web::body::MessageBody;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::middleware::Next;

use line::Line;

/// Logs the request once there is a response or the client disconnects.
pub async fn log(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> actix_web::Result<ServiceResponse<impl MessageBody>> {
    let client = request.peer_addr().map(|address| address.ip());
    let mut line = Line::begin(request.method(), request.uri(), client);
    line.route = request.match_pattern();

    let response = next.call(request).await?;
    line.status = Some(response.status().as_u16());
    Ok(response)
}
