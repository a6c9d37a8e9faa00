//! CORS: lets web pages of the configured origins call the API from a browser.

use std::ops::ControlFlow;
use std::str::FromStr;
use std::sync::{Arc, LazyLock};

use axum::extract::Request;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD,
    CONTENT_TYPE, LOCATION, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use axum::response::Response;

use super::wrap::{Middleware, Wrap};
use crate::config::CorsConfig;

const METHODS: HeaderValue = HeaderValue::from_static("GET,POST,PATCH,DELETE");

/// How long a browser may cache the response to a preflight, in seconds.
const MAX_AGE: HeaderValue = HeaderValue::from_static("3600");

/// The headers of a request that decide how it is answered.
const VARY_ON: HeaderValue = HeaderValue::from_static(
    "origin, access-control-request-method, access-control-request-headers",
);

static REQUEST_HEADERS: LazyLock<HeaderValue> = LazyLock::new(|| {
    list(&[
        // Headers that scripts may send in addition to those that are always allowed.
        CONTENT_TYPE,
        super::request_id::X_REQUEST_ID,
    ])
});

static RESPONSE_HEADERS: LazyLock<HeaderValue> = LazyLock::new(|| {
    list(&[
        // Headers that scripts may read in addition to those that are always exposed.
        LOCATION,
        super::request_id::X_REQUEST_ID,
        axum::http::header::RETRY_AFTER,
        axum::http::HeaderName::from_static("ratelimit-limit"),
        axum::http::HeaderName::from_static("ratelimit-remaining"),
        axum::http::HeaderName::from_static("ratelimit-reset"),
    ])
});

fn list(names: &[HeaderName]) -> HeaderValue {
    let names: Vec<_> = names.iter().map(HeaderName::as_str).collect();
    HeaderValue::from_str(&names.join(",")).unwrap_or(HeaderValue::from_static(""))
}

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
        // Browsers leave it out.
        Some(443) if scheme == "https" => return None,
        Some(80) if scheme == "http" => return None,
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    };
    if canonical != origin || host.contains('*') {
        return None;
    }
    origin.parse().ok()
}

/// Responds to preflights, and allows the configured origins to read responses. Unlike tower-http's
/// `CorsLayer`, it leaves other `OPTIONS` requests to the router.
pub fn layer(config: &CorsConfig) -> Wrap<Cors> {
    Wrap(Cors {
        origins: config.allowed_origins.0.clone().into(),
    })
}

#[derive(Clone)]
pub struct Cors {
    origins: Arc<[HeaderValue]>,
}

impl Middleware for Cors {
    /// The origin of the request, if it is allowed.
    type State = Option<HeaderValue>;

    fn before(&self, request: &mut Request) -> ControlFlow<Response, Self::State> {
        let origin = request.headers().get(ORIGIN);
        let origin = origin.filter(|origin| self.origins.contains(origin));
        if !is_preflight(request) {
            return ControlFlow::Continue(origin.cloned());
        }
        let mut response = Response::default();
        let headers = response.headers_mut();
        allow(origin.cloned(), headers);
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS.clone());
        headers.insert(ACCESS_CONTROL_MAX_AGE, MAX_AGE);
        ControlFlow::Break(response)
    }

    fn after(origin: Self::State, response: &mut Response) {
        let headers = response.headers_mut();
        allow(origin, headers);
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, RESPONSE_HEADERS.clone());
    }
}

fn allow(origin: Option<HeaderValue>, headers: &mut HeaderMap) {
    headers.append(VARY, VARY_ON);
    if let Some(origin) = origin {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    // Lets pages of these origins send the session cookie if they are on the same site.
    headers.insert(
        axum::http::header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
        HeaderValue::from_static("true"),
    );
}

fn is_preflight(request: &Request) -> bool {
    let headers = request.headers();
    request.method() == Method::OPTIONS
        && headers.contains_key(ORIGIN)
        && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}
