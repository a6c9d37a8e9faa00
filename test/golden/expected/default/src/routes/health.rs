use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;

use crate::readiness;
use crate::readiness::{Readiness, Status};
use crate::state::AppState;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/health", get(health))
        .route("/ready", get(ready))
}

#[derive(Serialize)]
struct Health {
    status: Liveness,
    version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Liveness {
    Ok,
}

/// Reports that the process is alive, without any I/O.
async fn health() -> Json<Health> {
    Json(Health {
        status: Liveness::Ok,
        version: env!("CARGO_PKG_VERSION"),
    })
}

/// Reports whether the service can handle requests.
async fn ready(State(state): State<AppState>) -> (StatusCode, Json<Readiness>) {
    let readiness = readiness::check(&state).await;
    let status = match readiness.status {
        Status::Ok | Status::Degraded => StatusCode::OK,
        Status::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    };
    (status, Json(readiness))
}
