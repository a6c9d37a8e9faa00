//! Serves the OpenAPI document and a page that shows it.

mod viewer;

use axum::Router;
use axum::extract::Path;
use axum::http::header::CONTENT_ENCODING;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::header::CONTENT_TYPE;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use axum::routing::get;

use crate::error::Error;
use crate::state::AppState;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/openapi.json", get(document))
        .route("/docs", get(page))
        .route("/docs/", get(async || Redirect::permanent("../docs")))
        .route("/docs/{file}", get(file))
}

async fn document() -> impl IntoResponse {
    let headers = [(CONTENT_TYPE, "application/json")];
    (headers, include_str!("../../../openapi.json"))
}

async fn page() -> impl IntoResponse {
    let headers = [(CONTENT_SECURITY_POLICY, viewer::CONTENT_SECURITY_POLICY)];
    (headers, Html(viewer::PAGE))
}

async fn file(Path(name): Path<String>) -> Result<Response, Error> {
    let file = viewer::file(&name).ok_or(Error::NotFound)?;
    let headers = [(CONTENT_TYPE, file.content_type)];
    let encoding = file.gzpipped.then_some([(CONTENT_ENCODING, "gzip")]);
    Ok((headers, encoding, file.bytes).into_response())
}
