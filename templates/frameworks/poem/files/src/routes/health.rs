use poem::Route;
use poem::handler;
use poem::http::Method;
use poem::http::StatusCode;
use poem::web::Data;
use poem::web::Json;
use serde::Serialize;

use super::methods::Methods;
use crate::readiness;
use crate::readiness::Readiness;
use crate::readiness::Status;
use crate::state::AppState;

pub fn routes(route: Route) -> Route {
    route
        .at("/health", Methods::new().on(Method::GET, health))
        .at("/ready", Methods::new().on(Method::GET, ready))
}

#[derive(Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
}

/// Reports that the process is alive, without any I/O.
#[handler]
async fn health() -> Json<Health> {
    Json(Health {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
    })
}

/// Reports whether the service can handle requests.
#[handler]
async fn ready(Data(state): Data<&AppState>) -> (StatusCode, Json<Readiness>) {
    let readiness = readiness::check(state).await;
    let status = match readiness.status {
        Status::Ok | Status::Degraded => StatusCode::OK,
        Status::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    };
    (status, Json(readiness))
}
