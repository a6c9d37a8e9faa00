//! Serves the OpenAPI document and a page that shows it.

mod viewer;

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_ENCODING;
use actix_web::http::header::CONTENT_SECURITY_POLICY;
use actix_web::web::Path;
use actix_web::web::Redirect;
use actix_web::web::ServiceConfig;

use super::resource;
use crate::error::Error;

pub fn configure(config: &mut ServiceConfig) {
    let redirect = async || Redirect::to("../docs").permanent();
    config
        .service(resource("/openapi.json").get(document).head(document))
        .service(resource("/docs").get(page).head(page))
        .service(resource("/docs/").get(redirect).head(redirect))
        .service(resource("/docs/{file}").get(file).head(file));
}

async fn document() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .body(include_str!("../../../openapi.json"))
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
