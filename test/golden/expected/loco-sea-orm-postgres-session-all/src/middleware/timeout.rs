//! An end to requests that take too long.

use axum::http::StatusCode;
use tower_http::timeout::TimeoutLayer;

use crate::config::TimeoutConfig;

/// Drops the handler when the time is over.
pub fn layer(config: &TimeoutConfig) -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, config.request.into())
}
