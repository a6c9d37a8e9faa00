use axum::Extension;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use loco_rs::controller::Routes;

use crate::error::Error;
use crate::metrics;
use crate::state::AppState;

pub fn routes() -> Routes {
    Routes::new().add(metrics::PATH, get(show))
}

async fn show(Extension(state): Extension<AppState>) -> Result<impl IntoResponse, Error> {
    let text = metrics::render(&state).map_err(|error| Error::Internal(error.into()))?;
    Ok(([(CONTENT_TYPE, metrics::CONTENT_TYPE)], text))
}
