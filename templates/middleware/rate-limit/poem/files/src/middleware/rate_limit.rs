//! Rejects clients over the rate limit with 429.

use std::net::Ipv4Addr;
use std::sync::Arc;

use poem::Endpoint;
use poem::IntoResponse;
use poem::Request;
use poem::Response;
use poem::Result;
use poem::http::HeaderName;
use poem::http::StatusCode;

use crate::client::Client;
use crate::rate_limit;
use crate::rate_limit::Decision;
use crate::state::AppState;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Counts the request, and reports the client's remaining quota in the headers of every response.
pub async fn count<E: Endpoint>(
    state: AppState,
    next: Arc<E>,
    mut request: Request,
) -> Result<Response> {
    if rate_limit::is_exempt(request.uri().path()) {
        return Ok(next.call(request).await?.into_response());
    }
    let client = client(&state, &request);
    let decision = state.rate_limit.count(client).await;
    request.set_data(decision);

    let mut response = next.call(request).await?.into_response();
    for (name, value) in decision.headers() {
        let name = HeaderName::from_static(name);
        response.headers_mut().insert(name, value.into());
    }
    Ok(response)
}

/// Rejects the request if [`count`] found it over the limit. If [`count`] rejected it, the response
/// would not become a problem document.
pub async fn refuse<E: Endpoint>(next: Arc<E>, request: Request) -> Result<E::Output> {
    if request.data().is_some_and(Decision::is_refusal) {
        return Err(StatusCode::TOO_MANY_REQUESTS.into());
    }
    next.call(request).await
}

fn client(state: &AppState, request: &Request) -> Client {
    let peer = request.remote_addr().as_socket_addr();
    let peer = peer.map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.ip());
    let forwarded = request.headers().get_all(X_FORWARDED_FOR);
    let forwarded = forwarded.iter().filter_map(|value| value.to_str().ok());
    Client::identify(peer, forwarded, state.config.server.trusted_proxies)
}
