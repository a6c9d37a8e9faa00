//! Serves the OpenAPI description of the API and a page that renders it.

mod assets;

use assets::Asset;
use axum::Router;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use axum::routing::get;

use crate::state::AppState;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/openapi.json", get(assets::DOCUMENT))
        .route("/docs", get(assets::PAGE))
        .route("/docs/", get(async || Redirect::permanent("../docs")))
        .route("/docs/docs.css", get(assets::STYLE))
        .route("/docs/docs.js", get(assets::SCRIPT))
}

impl IntoResponse for Asset {
    fn into_response(self) -> Response {
        let headers = [
            (CONTENT_TYPE, self.content_type),
            (CONTENT_SECURITY_POLICY, assets::CONTENT_SECURITY_POLICY),
        ];
        (headers, self.body).into_response()
    }
}
