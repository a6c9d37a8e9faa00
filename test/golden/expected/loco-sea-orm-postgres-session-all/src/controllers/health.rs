use axum::http::StatusCode;
use axum::routing::get;
use axum::{Extension, Json};
use loco_rs::controller::Routes;
use serde::Serialize;

use crate::readiness;
use crate::readiness::{Readiness, Status};
use crate::state::AppState;

pub fn routes() -> Routes {
    Routes::new()
        .add("/health", get(health))
        .add("/ready", get(ready))
}

#[derive(Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
}

/// Reports that the process is alive, without any I/O.
async fn health() -> Json<Health> {
    Json(Health {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
    })
}

/// Reports whether the service can handle requests.
async fn ready(Extension(state): Extension<AppState>) -> (StatusCode, Json<Readiness>) {
    let readiness = readiness::check(&state).await;
    let status = match readiness.status {
        Status::Ok | Status::Degraded => StatusCode::OK,
        Status::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    };
    (status, Json(readiness))
}
