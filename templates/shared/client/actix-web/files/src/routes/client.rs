//! Extracts the client that sent the request.

use std::future::Ready;
use std::future::ready;
use std::net::Ipv4Addr;

use actix_web::FromRequest;
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::header::X_FORWARDED_FOR;
use actix_web::web::Data;

use crate::client::Client;
use crate::state::AppState;

impl FromRequest for Client {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, Self::Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let peer = request.peer_addr().map(|peer| peer.ip());
        let peer = peer.unwrap_or(Ipv4Addr::UNSPECIFIED.into());
        let forwarded = request.headers().get_all(X_FORWARDED_FOR);
        let forwarded = forwarded.filter_map(|value| value.to_str().ok());

        let state = Data::<AppState>::from_request(request, payload).into_inner();
        ready(state.map(|state| {
            let trusted_proxies = state.config.server.trusted_proxies;
            Self::identify(peer, forwarded, trusted_proxies)
        }))
    }
}
