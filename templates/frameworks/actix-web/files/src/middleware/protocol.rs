//! Rejects requests that break the rules of HTTP.

use actix_web::body::MessageBody;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::middleware::Next;

use crate::protocol;

/// Responds with 400 to invalid requests; see [`protocol::check`].
pub async fn enforce(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> actix_web::Result<ServiceResponse<impl MessageBody>> {
    let checked = protocol::check(
        request.method(),
        request.uri(),
        request.version(),
        request.headers(),
    );
    match checked {
        Ok(()) => Ok(next.call(request).await?.map_into_left_body()),
        Err(error) => Ok(request.error_response(error).map_into_right_body()),
    }
}
