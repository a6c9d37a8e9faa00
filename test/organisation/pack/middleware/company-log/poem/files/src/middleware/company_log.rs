//! Logs responses as the dashboards of ACME read them.

use std::sync::Arc;

use poem::Endpoint;
use poem::IntoResponse;
use poem::Request;
use poem::Response;
use poem::Result;

/// Logs the status of a response, and which service sent it.
pub async fn write<E: Endpoint>(next: Arc<E>, request: Request) -> Result<Response> {
    let response = next.call(request).await?.into_response();
    let status = response.status().as_u16();
    tracing::info!(service = env!("CARGO_PKG_NAME"), status, "responded");
    Ok(response)
}
