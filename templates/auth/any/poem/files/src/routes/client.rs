//! Extracts the client that sent the request.

use std::net::Ipv4Addr;

use poem::FromRequest;
use poem::Request;
use poem::RequestBody;
use poem::Result;
use poem::web::Data;

use crate::client::Client;
use crate::state::AppState;

impl<'a> FromRequest<'a> for Client {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> Result<Self> {
        let Data(state) = Data::<&AppState>::from_request(request, body).await?;
        let peer = request.remote_addr().as_socket_addr();
        let peer = peer.map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.ip());
        let forwarded = request.headers().get_all("x-forwarded-for");
        let forwarded = forwarded.iter().filter_map(|value| value.to_str().ok());
        let trusted_proxies = state.config.server.trusted_proxies;
        Ok(Self::identify(peer, forwarded, trusted_proxies))
    }
}
