use std::io;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use tokio::net::TcpListener;

use super::PATH;
use crate::state::AppState;

/// Serves the metrics until the service stops.
pub async fn serve(listener: TcpListener, state: AppState) -> io::Result<()> {
    let stop = state.shutdown.clone().cancelled_owned();
    let router = Router::new().route(PATH, get(show)).with_state(state);
    axum::serve(listener, router)
        .with_graceful_shutdown(stop)
        .await
}

async fn show(State(state): State<AppState>) -> Result<impl IntoResponse, StatusCode> {
    let text = super::render(&state).ok_or(StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok(([(CONTENT_TYPE, super::CONTENT_TYPE)], text))
}
