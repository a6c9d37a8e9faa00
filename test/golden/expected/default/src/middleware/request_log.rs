//! One log line a request.

use std::time::Instant;

use axum::extract::MatchedPath;
use axum::extract::Request;
use axum::http::Method;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use tracing::info;

/// Logs the request when it is answered, and also where the client does not wait for the answer.
pub async fn log(request: Request, next: Next) -> Response {
    let mut line = Line {
        method: request.method().clone(),
        route: request.extensions().get().cloned(),
        status: None,
        started: Instant::now(),
    };
    let response = next.run(request).await;
    line.status = Some(response.status());
    response
}

/// Written when it is dropped, which happens however a request ends.
struct Line {
    method: Method,
    route: Option<MatchedPath>,
    status: Option<StatusCode>,
    started: Instant,
}

impl Drop for Line {
    fn drop(&mut self) {
        let method = self.method.as_str();
        // The pattern, not the path: paths hold ids, so their number is unbounded.
        let route = self.route.as_ref().map_or("unmatched", MatchedPath::as_str);
        let status = self.status.map(|status| status.as_u16());
        let duration_ms = self.started.elapsed().as_micros() as f64 / 1000.0;

        match status {
            Some(status) => info!(method, route, status, duration_ms, "answered"),
            None => info!(method, route, duration_ms, "abandoned"),
        }
    }
}
