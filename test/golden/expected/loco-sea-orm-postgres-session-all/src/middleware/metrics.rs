//! Counts requests and measures how long they take.

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::metrics::Metrics;

/// Measures the request until there is a response or the client disconnects.
pub async fn measure(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let mut measurement = metrics.begin(request.method().as_str());
    let route = request.extensions().get::<MatchedPath>();
    measurement.route = route.map(|route| route.as_str().to_owned());

    let response = next.run(request).await;
    measurement.status = Some(response.status().as_u16());
    response
}
