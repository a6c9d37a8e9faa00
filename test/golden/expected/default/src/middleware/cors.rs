//! Which web pages of other origins may use the API from a browser.

use std::str::FromStr;
use std::time::Duration;

use axum::http::HeaderValue;
use axum::http::Method;
use axum::http::Uri;
use axum::http::header::CONTENT_TYPE;
use axum::http::header::LOCATION;
use tower_http::cors::CorsLayer;

use crate::config::CorsConfig;

/// How long a browser may keep the answer to a preflight.
const MAX_AGE: Duration = Duration::from_secs(60 * 60);

/// Exact origins, separated by commas, or `none`.
pub struct Origins(Vec<HeaderValue>);

impl FromStr for Origins {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "none" {
            return Ok(Self(Vec::new()));
        }
        let origins = text.split(',').map(|origin| parse(origin.trim()));
        origins.collect::<Option<_>>().map(Self).ok_or(())
    }
}

/// The origin just as browsers write it, since it is compared as text.
fn parse(origin: &str) -> Option<HeaderValue> {
    let uri: Uri = origin.parse().ok()?;
    let scheme = uri
        .scheme_str()
        .filter(|scheme| ["http", "https"].contains(scheme))?;
    let host = uri.host()?.to_ascii_lowercase();
    let canonical = match uri.port_u16() {
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    };
    if canonical != origin || host.contains('*') {
        return None;
    }
    origin.parse().ok()
}

/// Answers preflights, and names the origin in the answers to it.
pub fn layer(config: &CorsConfig) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(config.allowed_origins.0.clone())
        .allow_methods([Method::GET, Method::POST, Method::PATCH, Method::DELETE])
        .allow_headers([
            // What a script may send, beside the headers that every script may.
            CONTENT_TYPE,
            super::request_id::X_REQUEST_ID,
        ])
        .expose_headers([
            // What a script may read, beside the headers that every script may.
            LOCATION,
            super::request_id::X_REQUEST_ID,
        ])
        .max_age(MAX_AGE)
}
