use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::routes;

use super::openapi::DescribedRoutes;
use crate::readiness;
use crate::readiness::{Readiness, Status};
use crate::state::AppState;

pub fn routes() -> DescribedRoutes {
    DescribedRoutes::new()
        .routes(routes!(health))
        .routes(routes!(ready))
}

#[derive(Serialize, ToSchema)]
struct Health {
    status: Liveness,
    version: &'static str,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Liveness {
    Ok,
}

/// Reports that the process is alive, without any I/O.
#[utoipa::path(
    get,
    path = "/health",
    operation_id = "health",
    tag = "service",
    responses((status = 200, description = "The process is running.", body = Health)),
)]
async fn health() -> Json<Health> {
    Json(Health {
        status: Liveness::Ok,
        version: env!("CARGO_PKG_VERSION"),
    })
}

/// Reports whether the service can handle requests.
#[utoipa::path(
    get,
    path = "/ready",
    operation_id = "ready",
    tag = "service",
    responses(
        (
            status = 200,
            description = "The service accepts requests. The status is `degraded` if an optional \
                dependency is unavailable.",
            body = Readiness,
        ),
        (
            status = 503,
            description = "A required dependency is unavailable, or the service is shutting down.",
            body = Readiness,
        ),
    ),
)]
async fn ready(State(state): State<AppState>) -> (StatusCode, Json<Readiness>) {
    let readiness = readiness::check(&state).await;
    let status = match readiness.status {
        Status::Ok | Status::Degraded => StatusCode::OK,
        Status::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    };
    (status, Json(readiness))
}
