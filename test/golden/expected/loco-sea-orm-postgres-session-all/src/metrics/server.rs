use std::io;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::PATH;
use crate::connections::Connections;
use crate::state::AppState;

/// How many connections may be open.
const CONNECTIONS: usize = 16;

/// Serves the metrics until `stop` is cancelled.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    stop: CancellationToken,
) -> io::Result<()> {
    let connections = Connections::with_limit(CONNECTIONS, &state.config.server);
    #[expect(clippy::disallowed_methods, reason = "not part of the API")]
    let router = Router::new().route(PATH, get(show)).with_state(state);
    connections.serve(listener, router, stop).await
}

async fn show(State(state): State<AppState>) -> Result<impl IntoResponse, StatusCode> {
    let text = super::render(&state).ok_or(StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok(([(CONTENT_TYPE, super::CONTENT_TYPE)], text))
}
