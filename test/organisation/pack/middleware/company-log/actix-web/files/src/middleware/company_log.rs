//! Logs responses as the dashboards of ACME read them.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::middleware::Next;

/// Logs the status of a response, and which service sent it.
pub async fn write(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let response = next.call(request).await?;
    let status = response.status().as_u16();
    tracing::info!(service = env!("CARGO_PKG_NAME"), status, "responded");
    Ok(response)
}
