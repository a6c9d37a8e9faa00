//! Serves the OpenAPI document and a page that shows it.

mod viewer;

use poem::IntoResponse;
use poem::Response;
use poem::Result;
use poem::Route;
use poem::endpoint::make_sync;
use poem::handler;
use poem::http::Method;
use poem::http::header::CONTENT_ENCODING;
use poem::http::header::CONTENT_SECURITY_POLICY;
use poem::http::header::CONTENT_TYPE;
use poem::web::Html;
use poem::web::Path;
use poem::web::Redirect;

use super::methods::Methods;
use crate::error::Error;

pub fn routes(route: Route) -> Route {
    let redirect = make_sync(|_| Redirect::permanent("../docs"));

    route
        .at("/openapi.json", Methods::new().on(Method::GET, document))
        .at("/docs", Methods::new().on(Method::GET, page))
        .at("/docs/", Methods::new().on(Method::GET, redirect))
        .at("/docs/:file", Methods::new().on(Method::GET, file))
}

#[handler]
fn document() -> Response {
    include_str!("../../../openapi.json")
        .with_content_type("application/json")
        .into_response()
}

#[handler]
fn page() -> Response {
    Html(viewer::PAGE)
        .with_header(CONTENT_SECURITY_POLICY, viewer::CONTENT_SECURITY_POLICY)
        .into_response()
}

#[handler]
fn file(Path(name): Path<String>) -> Result<Response> {
    let file = viewer::file(&name).ok_or(Error::NotFound)?;
    let mut response = Response::builder().header(CONTENT_TYPE, file.content_type);
    if file.gzpipped {
        response = response.header(CONTENT_ENCODING, "gzip");
    }
    Ok(response.body(file.bytes.into_owned()))
}
