//! An end to the patience with clients that send too many requests.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::ConnectInfo;
use axum::extract::Request;
use axum::extract::State;
use axum::http::HeaderName;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::IntoResponse;
use axum::response::Response;

use crate::rate_limit;
use crate::rate_limit::RateLimit;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Counts the request of the client, refuses it where it is one too many, and tells what is left.
pub async fn enforce(
    State(limit): State<Arc<RateLimit>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    if rate_limit::is_exempt(request.uri().path()) {
        return next.run(request).await;
    }
    let forwarded = request.headers().get_all(X_FORWARDED_FOR);
    let forwarded = forwarded.iter().filter_map(|value| value.to_str().ok());
    let client = limit.client(peer.ip(), forwarded);
    let decision = limit.count(client).await;

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
