//! Rejects requests that break the rules of HTTP.

use std::sync::Arc;

use poem::Endpoint;
use poem::Request;
use poem::Result;

use crate::protocol;

/// Responds with 400 to invalid requests; see [`protocol::check`].
pub async fn enforce<E: Endpoint>(next: Arc<E>, request: Request) -> Result<E::Output> {
    protocol::check(
        request.method(),
        request.original_uri(),
        request.version(),
        request.headers(),
    )?;
    next.call(request).await
}
