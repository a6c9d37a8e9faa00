use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::web::Json;
use actix_web::web::ServiceConfig;
use serde::Serialize;

use super::resource;
use crate::readiness;
use crate::readiness::Readiness;
use crate::readiness::Status;
use crate::state::AppState;

pub fn configure(config: &mut ServiceConfig) {
    config
        .service(resource("/health").get(health).head(health))
        .service(resource("/ready").get(ready).head(ready));
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
async fn ready(state: Data<AppState>) -> (Json<Readiness>, StatusCode) {
    let readiness = readiness::check(&state).await;
    let status = match readiness.status {
        Status::Ok | Status::Degraded => StatusCode::OK,
        Status::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    };
    (Json(readiness), status)
}
