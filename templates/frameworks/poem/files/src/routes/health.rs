use poem::web::Data;
use poem_openapi::ApiResponse;
use poem_openapi::Enum;
use poem_openapi::Object;
use poem_openapi::OpenApi;
use serde::Serialize;

use super::Tag;
use super::json::Json;
use crate::readiness;
use crate::readiness::Readiness;
use crate::readiness::Status;
use crate::state::AppState;

pub struct HealthApi;

#[derive(Object, Serialize)]
struct Health {
    status: Liveness,
    version: String,
}

#[derive(Enum, Serialize)]
#[oai(rename_all = "lowercase")]
#[serde(rename_all = "lowercase")]
enum Liveness {
    Ok,
}

#[derive(ApiResponse)]
enum ReadyResponse {
    /// The service accepts requests. The status is `degraded` if an optional dependency is
    /// unavailable.
    #[oai(status = 200)]
    Ready(Json<Readiness>),
    /// A required dependency is unavailable, or the service is shutting down.
    #[oai(status = 503)]
    Unready(Json<Readiness>),
}

#[OpenApi(tag = "Tag::Service")]
impl HealthApi {
    /// Liveness probe
    ///
    /// Does no I/O.
    #[oai(path = "/health", method = "get", operation_id = "health")]
    async fn health(&self) -> Json<Health> {
        Json(Health {
            status: Liveness::Ok,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }

    /// Readiness probe
    #[oai(path = "/ready", method = "get", operation_id = "ready")]
    async fn ready(&self, Data(state): Data<&AppState>) -> ReadyResponse {
        let readiness = readiness::check(state).await;
        match readiness.status {
            Status::Ok | Status::Degraded => ReadyResponse::Ready(Json(readiness)),
            Status::Unavailable => ReadyResponse::Unready(Json(readiness)),
        }
    }
}
