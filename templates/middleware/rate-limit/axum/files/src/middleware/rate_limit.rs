//! Rejects clients over the rate limit with 429.

use axum::extract::Request;
use axum::extract::State;
use axum::http::HeaderName;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::IntoResponse;
use axum::response::Response;

use crate::client::Client;
use crate::rate_limit;
use crate::state::AppState;

/// Counts the request, rejects it if the client is over its limit, and reports the remaining quota
/// in the headers.
pub async fn enforce(
    State(state): State<AppState>,
    client: Client,
    request: Request,
    next: Next,
) -> Response {
    if rate_limit::is_exempt(request.uri().path()) {
        return next.run(request).await;
    }
    let decision = state.rate_limit.count(client).await;

    let mut response = if decision.is_refusal() {
        StatusCode::TOO_MANY_REQUESTS.into_response()
    } else {
        next.run(request).await
    };
    for (name, value) in decision.headers() {
        let name = HeaderName::from_static(name);
        response.headers_mut().insert(name, value.into());
    }
    response
}
