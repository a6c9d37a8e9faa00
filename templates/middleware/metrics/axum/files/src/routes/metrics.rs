use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;

use crate::error::Error;
use crate::metrics;
use crate::state::AppState;

pub fn routes() -> Router<AppState> {
    Router::new().route(metrics::PATH, get(show))
}

async fn show(State(state): State<AppState>) -> Result<impl IntoResponse, Error> {
    let text = metrics::render(&state).map_err(|error| Error::Internal(error.into()))?;
    Ok(([(CONTENT_TYPE, metrics::CONTENT_TYPE)], text))
}
