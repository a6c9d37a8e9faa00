//! Limits how long a request may take.

use axum::http::StatusCode;
use tower_http::timeout::TimeoutLayer;

use crate::config::TimeoutConfig;

/// Drops the handler when the time is up, and responds with 503.
pub fn layer(config: &TimeoutConfig) -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, config.request.into())
}
