//! Rejects requests that break the rules of HTTP.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

use crate::error::Error;
use crate::protocol;

/// Responds with 400 to invalid requests; see [`protocol::check`].
pub async fn enforce(request: Request, next: Next) -> Result<Response, Error> {
    protocol::check(
        request.method(),
        request.uri(),
        request.version(),
        request.headers(),
    )?;
    Ok(next.run(request).await)
}
