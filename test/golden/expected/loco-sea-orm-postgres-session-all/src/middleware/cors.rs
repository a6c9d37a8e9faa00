//! CORS: lets web pages of the configured origins call the API from a browser.

use std::str::FromStr;
use std::time::Duration;

use axum::extract::Request;
use axum::http::header::{ACCESS_CONTROL_REQUEST_METHOD, CONTENT_TYPE, LOCATION, ORIGIN};
use axum::http::{HeaderValue, Method, Uri};
use axum::middleware::Next;
use axum::response::Response;
use tower_http::cors::CorsLayer;

use crate::config::CorsConfig;

/// How long a browser may cache the response to a preflight.
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

impl Origins {
    /// Whether pages of this origin may call the service.
    pub fn contain(&self, origin: &str) -> bool {
        self.0.iter().any(|allowed| allowed == origin)
    }
}

/// Parses an origin, which must be spelled as browsers send it, since origins are compared as text.
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

/// Responds to preflights, and allows the configured origins to read responses.
pub fn layer(config: &CorsConfig) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(config.allowed_origins.0.clone())
        .allow_methods([Method::GET, Method::POST, Method::PATCH, Method::DELETE])
        .allow_headers([
            // Headers that scripts may send in addition to those that are always allowed.
            CONTENT_TYPE,
            super::request_id::X_REQUEST_ID,
        ])
        .expose_headers([
            // Headers that scripts may read in addition to those that are always exposed.
            LOCATION,
            super::request_id::X_REQUEST_ID,
            axum::http::header::RETRY_AFTER,
            axum::http::HeaderName::from_static("ratelimit-limit"),
            axum::http::HeaderName::from_static("ratelimit-remaining"),
            axum::http::HeaderName::from_static("ratelimit-reset"),
        ])
        // Lets pages of these origins send the session cookie if they are on the same site.
        .allow_credentials(true)
        .max_age(MAX_AGE)
}

/// Marks an `OPTIONS` request that is not a preflight.
#[derive(Clone)]
struct PlainOptions;

/// Hides `OPTIONS` requests that are not preflights from [`CorsLayer`], which would respond to them
/// itself.
pub async fn hide_options(mut request: Request, next: Next) -> Response {
    if request.method() == Method::OPTIONS && !is_preflight(&request) {
        *request.method_mut() = Method::GET;
        request.extensions_mut().insert(PlainOptions);
    }
    next.run(request).await
}

/// Reverts [`hide_options`] inside the layer.
pub async fn show_options(mut request: Request, next: Next) -> Response {
    if request.extensions_mut().remove::<PlainOptions>().is_some() {
        *request.method_mut() = Method::OPTIONS;
    }
    next.run(request).await
}

fn is_preflight(request: &Request) -> bool {
    let mut required = [ORIGIN, ACCESS_CONTROL_REQUEST_METHOD].iter();
    required.all(|name| request.headers().contains_key(name))
}
