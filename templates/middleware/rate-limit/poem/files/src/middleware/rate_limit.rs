//! An end to the patience with clients that send too many requests.

use std::net::IpAddr;
use std::net::Ipv4Addr;
use std::sync::Arc;

use poem::Endpoint;
use poem::IntoResponse;
use poem::Request;
use poem::Response;
use poem::Result;
use poem::http::HeaderName;
use poem::http::StatusCode;

use crate::rate_limit;
use crate::rate_limit::Decision;
use crate::rate_limit::RateLimit;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Counts the request of the client, and tells in the answer, whatever it is, what is left.
pub async fn count<E: Endpoint>(
    limit: Arc<RateLimit>,
    next: Arc<E>,
    mut request: Request,
) -> Result<Response> {
    if rate_limit::is_exempt(request.uri().path()) {
        return Ok(next.call(request).await?.into_response());
    }
    let client = client(&limit, &request);
    let decision = limit.count(client).await;
    request.set_data(decision);

    let mut response = next.call(request).await?.into_response();
    for (name, value) in decision.headers() {
        let name = HeaderName::from_static(name);
        response.headers_mut().insert(name, value.into());
    }
    Ok(response)
}

/// Refuses the request where [`count`] has found it one too many: there, the refusal would get no document.
pub async fn refuse<E: Endpoint>(next: Arc<E>, request: Request) -> Result<E::Output> {
    if request.data().is_some_and(Decision::is_refusal) {
        return Err(StatusCode::TOO_MANY_REQUESTS.into());
    }
    next.call(request).await
}

fn client(limit: &RateLimit, request: &Request) -> IpAddr {
    let peer = request.remote_addr().as_socket_addr();
    let peer = peer.map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.ip());
    let forwarded = request.headers().get_all(X_FORWARDED_FOR);
    let forwarded = forwarded.iter().filter_map(|value| value.to_str().ok());
    limit.client(peer, forwarded)
}
