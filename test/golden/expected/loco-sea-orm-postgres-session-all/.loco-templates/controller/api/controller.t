{% set file_name = name | snake_case -%}
{% set plural = file_name | plural -%}
{% set path = "/api/v1/" ~ plural -%}
to: src/controllers/{{ file_name }}.rs
skip_exists: true
message: "Controller `{{ file_name }}` was added."
injections:
- into: src/controllers/mod.rs
  after_last: "^pub mod "
  content: "pub mod {{ file_name }};"
- into: src/controllers/signed_in.rs
  after: "adds its routes here"
  content: "        super::{{ file_name }}::routes(),"
---
use axum::extract::State;
use axum::http::StatusCode;
use loco_rs::app::AppContext;
use utoipa_axum::routes;

use super::openapi::{DescribedRoutes, errors};
use crate::error::Error;

/// The routes below `{{ path }}`.
pub fn routes() -> DescribedRoutes {
    DescribedRoutes::new()
        .routes(routes!(index))
{%- for action in actions %}{% if action.name != "index" %}
        .routes(routes!({{ action.name }}))
{%- endif %}{% endfor %}
}

/// Responds to `GET {{ path }}`.
#[utoipa::path(
    get,
    path = "{{ path }}",
    operation_id = "list{{ plural | pascal_case }}",
    tag = "{{ plural }}",
    responses((status = 204, description = "No content."), errors::Service),
)]
async fn index(State(_ctx): State<AppContext>) -> Result<StatusCode, Error> {
    Ok(StatusCode::NO_CONTENT)
}
{%- for action in actions %}{% if action.name != "index" %}

/// Responds to `{{ action.verb | upper }} {{ path }}/{{ action.name }}`.
#[utoipa::path(
    {{ action.verb }},
    path = "{{ path }}/{{ action.name }}",
    operation_id = "{{ action.name | camel_case }}{{ plural | pascal_case }}",
    tag = "{{ plural }}",
    responses((status = 204, description = "No content."), errors::Service),
)]
async fn {{ action.name }}(State(_ctx): State<AppContext>) -> Result<StatusCode, Error> {
    Ok(StatusCode::NO_CONTENT)
}
{%- endif %}{% endfor %}
