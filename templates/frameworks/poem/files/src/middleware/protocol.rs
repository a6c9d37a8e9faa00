//! Rejects requests that break the rules of HTTP.

use poem::Endpoint;
use poem::Request;
use poem::Result;

use crate::protocol;

/// Responds with 400 to invalid requests; see [`protocol::check`].
pub struct Enforce<E>(pub E);

impl<E: Endpoint> Endpoint for Enforce<E> {
    type Output = E::Output;

    async fn call(&self, request: Request) -> Result<E::Output> {
        protocol::check(
            request.method(),
            request.original_uri(),
            request.version(),
            request.headers(),
        )?;
        self.0.call(request).await
    }
}
