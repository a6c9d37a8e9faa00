//! Logs responses as the dashboards of ACME read them.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

/// Logs the status of a response, and which service sent it.
pub async fn write(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status().as_u16();
    tracing::info!(service = env!("CARGO_PKG_NAME"), status, "responded");
    response
}
