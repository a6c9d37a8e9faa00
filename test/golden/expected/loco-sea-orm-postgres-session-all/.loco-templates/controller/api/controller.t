{% set file_name = name | snake_case -%}
to: src/controllers/{{ file_name }}.rs
skip_exists: true
message: "Controller `{{ file_name }}` was added."
injections:
- into: src/controllers/mod.rs
  append: true
  content: "pub mod {{ file_name }};"
- into: src/controllers/signed_in.rs
  before: "guard.auth::routes"
  content: "        guard(super::{{ file_name }}::routes()),"
---
use axum::Extension;
use axum::http::StatusCode;
use utoipa_axum::routes;

use super::openapi::ApiRoutes;
use super::openapi::errors;
use crate::error::Error;
use crate::state::AppState;

/// The routes below `/api/v1/{{ file_name | plural }}`.
pub fn routes() -> ApiRoutes {
    ApiRoutes::new()
        .routes(routes!(index))
{%- for action in actions %}
        .routes(routes!({{ action.name }}))
{%- endfor %}
}

/// To be described.
#[utoipa::path(
    get,
    path = "/api/v1/{{ file_name | plural }}",
    operation_id = "{{ file_name }}_index",
    tag = "service",
    security(("session" = [])),
    responses(
        (status = 204, description = "Succeeded."),
        errors::Caller, errors::Service,
    ),
)]
async fn index(Extension(_): Extension<AppState>) -> Result<StatusCode, Error> {
    Ok(StatusCode::NO_CONTENT)
}
{%- for action in actions %}

/// To be described.
#[utoipa::path(
    {{ action.verb }},
    path = "/api/v1/{{ file_name | plural }}/{{ action.name }}",
    operation_id = "{{ file_name }}_{{ action.name }}",
    tag = "service",
    security(("session" = [])),
    responses(
        (status = 204, description = "Succeeded."),
        errors::Caller, errors::Service,
    ),
)]
async fn {{ action.name }}(Extension(_): Extension<AppState>) -> Result<StatusCode, Error> {
    Ok(StatusCode::NO_CONTENT)
}
{%- endfor %}
