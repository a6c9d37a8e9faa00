{% set file_name = name | snake_case -%}
to: src/controllers/{{ file_name }}.rs
skip_exists: true
message: "Controller `{{ file_name }}` was added."
injections:
- into: src/controllers/mod.rs
  append: true
  content: "pub mod {{ file_name }};"
- into: src/app.rs
  after: "AppRoutes::"
  content: "            .add_route(controllers::{{ file_name }}::routes())"
---
use axum::Extension;
use axum::http::StatusCode;
use axum::routing;
use loco_rs::controller::Routes;

use crate::error::Error;
use crate::state::AppState;

/// The routes below `/api/v1/{{ file_name | plural }}`.
pub fn routes() -> Routes {
    Routes::at("/api/v1/{{ file_name | plural }}")
        .add("/", routing::get(index))
{%- for action in actions %}
        .add("/{{ action.name }}", routing::{{ action.verb }}({{ action.name }}))
{%- endfor %}
}

async fn index(Extension(_): Extension<AppState>) -> Result<StatusCode, Error> {
    Ok(StatusCode::NO_CONTENT)
}
{%- for action in actions %}

async fn {{ action.name }}(Extension(_): Extension<AppState>) -> Result<StatusCode, Error> {
    Ok(StatusCode::NO_CONTENT)
}
{%- endfor %}
