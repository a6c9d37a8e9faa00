//! Serves the OpenAPI document and a page that shows it.

mod viewer;

use axum::extract::Path;
use axum::http::header::{CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};
use loco_rs::controller::Routes;

use crate::error::Error;

pub fn routes() -> Routes {
    Routes::new()
        .add("/openapi.json", get(document))
        .add("/docs", get(page))
        .add("/docs/{file}", get(file))
}

/// Redirects from `/docs/`, which Loco's own router would register as a second `/docs`.
pub fn redirect() -> MethodRouter {
    get(async || Redirect::permanent("../docs"))
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
