//! One log line a request.

use std::sync::Arc;
use std::sync::OnceLock;
use std::time::Instant;

use poem::Endpoint;
use poem::IntoResponse;
use poem::PathPattern;
use poem::Request;
use poem::Response;
use poem::Result;
use poem::http::Method;
use poem::http::StatusCode;
use tracing::info;

/// Logs the request when it is answered, and also where the client does not wait for the answer.
pub async fn log<E: Endpoint>(next: Arc<E>, mut request: Request) -> Result<Response> {
    let mut line = Line {
        method: request.method().clone(),
        route: Route::default(),
        status: None,
        started: Instant::now(),
    };
    request.set_data(line.route.clone());
    let response = next.call(request).await?.into_response();
    line.status = Some(response.status());
    Ok(response)
}

/// The route, once the router has found it: a request that is cut short, by a timeout say, has no
/// response to tell it.
#[derive(Clone, Default)]
struct Route(Arc<OnceLock<PathPattern>>);

/// Keeps for the log line which route the request has matched.
pub fn note_route(request: &Request) {
    if let (Some(Route(route)), Some(pattern)) = (request.data(), request.data::<PathPattern>()) {
        route.get_or_init(|| pattern.clone());
    }
}

/// Written when it is dropped, which happens however a request ends.
struct Line {
    method: Method,
    route: Route,
    status: Option<StatusCode>,
    started: Instant,
}

impl Drop for Line {
    fn drop(&mut self) {
        let method = self.method.as_str();
        // The pattern, not the path: paths hold ids, so their number is unbounded.
        let route = self.route.0.get().map_or("unmatched", |pattern| &pattern.0);
        let status = self.status.map(|status| status.as_u16());
        let duration_ms = self.started.elapsed().as_micros() as f64 / 1000.0;

        match status {
            Some(status) => info!(method, route, status, duration_ms, "answered"),
            None => info!(method, route, duration_ms, "abandoned"),
        }
    }
}
