//! Serves the OpenAPI document and a page that shows it.

mod document;
pub mod errors;
mod viewer;

use axum::Json;
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
use utoipa_axum::router::OpenApiRouter;

use crate::error::Error;
use crate::state::AppState;

/// Serves the routes, the document that describes them, and the page.
pub fn publish(routes: OpenApiRouter<AppState>) -> Router<AppState> {
    let (routes, description) = routes.split_for_parts();
    let document = Json(document::complete(description));
    routes
        .route("/openapi.json", get(document))
        .route("/docs", get(page))
        .route("/docs/", get(async || Redirect::permanent("../docs")))
        .route("/docs/{file}", get(file))
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
