//! Extracts the client that sent the request.

use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use axum::extract::FromRef;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::client::Client;
use crate::error::Error;
use crate::state::AppState;

impl<S> FromRequestParts<S> for Client
where
    AppState: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let peer = ConnectInfo::<SocketAddr>::from_request_parts(parts, state).await;
        let ConnectInfo(peer) = peer.map_err(|error| Error::Internal(error.into()))?;
        let forwarded = parts.headers.get_all("x-forwarded-for");
        let forwarded = forwarded.iter().filter_map(|value| value.to_str().ok());
        let trusted_proxies = AppState::from_ref(state).config.server.trusted_proxies;
        Ok(Self::identify(peer.ip(), forwarded, trusted_proxies))
    }
}
