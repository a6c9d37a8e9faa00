//! An end to the patience with clients that send too many requests.

use std::net::IpAddr;
use std::net::Ipv4Addr;

use actix_web::HttpResponse;
use actix_web::body::MessageBody;
use actix_web::dev::ServiceRequest;
use actix_web::dev::ServiceResponse;
use actix_web::http::header::HeaderName;
use actix_web::http::header::X_FORWARDED_FOR;
use actix_web::middleware::Next;
use actix_web::web::Data;

use crate::rate_limit;
use crate::rate_limit::RateLimit;
use crate::state::AppState;

/// Counts the request of the client, refuses it where it is one too many, and tells what is left.
pub async fn enforce(
    state: Data<AppState>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> actix_web::Result<ServiceResponse<impl MessageBody>> {
    if rate_limit::is_exempt(request.path()) {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let limit = &state.rate_limit;
    let decision = limit.count(client(limit, &request)).await;

    let mut response = if decision.is_refusal() {
        let answer = HttpResponse::TooManyRequests().finish();
        request.into_response(answer).map_into_right_body()
    } else {
        next.call(request).await?.map_into_left_body()
    };
    for (name, value) in decision.headers() {
        let name = HeaderName::from_static(name);
        response.headers_mut().insert(name, value.into());
    }
    Ok(response)
}

fn client(limit: &RateLimit, request: &ServiceRequest) -> IpAddr {
    let peer = request.peer_addr().map(|peer| peer.ip());
    let forwarded = request.headers().get_all(X_FORWARDED_FOR);
    let forwarded = forwarded.filter_map(|value| value.to_str().ok());
    limit.client(peer.unwrap_or(Ipv4Addr::UNSPECIFIED.into()), forwarded)
}
