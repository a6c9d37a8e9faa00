//! Serves the OpenAPI document and a page that shows it.

mod document;
pub mod errors;
mod resource;
mod viewer;

use std::future::ready;

use actix_web::HttpResponse;
use actix_web::dev::HttpServiceFactory;
use actix_web::http::header::CONTENT_ENCODING;
use actix_web::http::header::CONTENT_SECURITY_POLICY;
use actix_web::web::Json;
use actix_web::web::Path;
use actix_web::web::Redirect;
use utoipa::openapi::OpenApi;

pub use self::resource::ApiResource;
pub(super) use self::resource::routes;
use super::resource;
use crate::error::Error;

/// Serves the document, completed from the description of the routes, and the page.
pub fn publish(description: OpenApi) -> impl HttpServiceFactory {
    let document = document::complete(description);
    let send = move || ready(Json(document.clone()));
    let redirect = async || Redirect::to("../docs").permanent();
    (
        resource("/openapi.json").get(send.clone()).head(send),
        resource("/docs").get(page).head(page),
        resource("/docs/").get(redirect).head(redirect),
        resource("/docs/{file}").get(file).head(file),
    )
}

async fn page() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((CONTENT_SECURITY_POLICY, viewer::CONTENT_SECURITY_POLICY))
        .body(viewer::PAGE)
}

async fn file(name: Path<String>) -> Result<HttpResponse, Error> {
    let file = viewer::file(&name).ok_or(Error::NotFound)?;
    let mut response = HttpResponse::Ok();
    response.content_type(file.content_type);
    if file.gzpipped {
        response.insert_header((CONTENT_ENCODING, "gzip"));
    }
    Ok(response.body(file.bytes.into_owned()))
}
