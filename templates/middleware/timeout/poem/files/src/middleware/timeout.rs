//! Limits how long a request may take.

use std::time::Duration;

use poem::Endpoint;
use poem::Middleware;
use poem::Request;
use poem::Result;
use poem::http::StatusCode;
use tokio::time::timeout;

use crate::config::TimeoutConfig;

/// Drops the handler when the time is up, and responds with 503.
pub fn layer(config: &TimeoutConfig) -> Timeout {
    Timeout(config.request.into())
}

pub struct Timeout(Duration);

impl<E: Endpoint> Middleware<E> for Timeout {
    type Output = TimeoutEndpoint<E>;

    fn transform(&self, inner: E) -> TimeoutEndpoint<E> {
        let Self(limit) = *self;
        TimeoutEndpoint { inner, limit }
    }
}

pub struct TimeoutEndpoint<E> {
    inner: E,
    limit: Duration,
}

impl<E: Endpoint> Endpoint for TimeoutEndpoint<E> {
    type Output = E::Output;

    async fn call(&self, request: Request) -> Result<E::Output> {
        timeout(self.limit, self.inner.call(request))
            .await
            .unwrap_or_else(|_| Err(StatusCode::SERVICE_UNAVAILABLE.into()))
    }
}
