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
- into: openapi.json
  after: '"paths":'
  content: |2-
        "/api/v1/{{ file_name | plural }}": {
          "get": {
            "summary": "To be described",
            "tags": ["service"],
            "responses": {
              "204": { "description": "Succeeded." },
              "401": { "$ref": "#/components/responses/Unauthorized" }, "429": { "$ref": "#/components/responses/TooManyRequests" }, "500": { "$ref": "#/components/responses/InternalServerError" },
              "503": { "$ref": "#/components/responses/ServiceUnavailable" }
            }
          }
        },
    {%- for action in actions %}
        "/api/v1/{{ file_name | plural }}/{{ action.name }}": {
          "{{ action.verb }}": {
            "summary": "To be described",
            "tags": ["service"],
            "responses": {
              "204": { "description": "Succeeded." },
              "401": { "$ref": "#/components/responses/Unauthorized" }, "429": { "$ref": "#/components/responses/TooManyRequests" }, "500": { "$ref": "#/components/responses/InternalServerError" },
              "503": { "$ref": "#/components/responses/ServiceUnavailable" }
            }
          }
        },
    {%- endfor %}
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
