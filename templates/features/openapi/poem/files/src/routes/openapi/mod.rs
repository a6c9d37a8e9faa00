//! Serves the OpenAPI document and a page that shows it.

mod document;
mod viewer;

use poem::IntoEndpoint;
use poem::IntoResponse;
use poem::Response;
use poem::Result;
use poem::Route;
use poem::RouteMethod;
use poem::endpoint::make_sync;
use poem::handler;
use poem::http::HeaderMap;
use poem::http::Method;
use poem::http::header::ACCEPT_ENCODING;
use poem::http::header::CONTENT_ENCODING;
use poem::http::header::CONTENT_SECURITY_POLICY;
use poem::http::header::CONTENT_TYPE;
use poem::http::header::VARY;
use poem::web::Html;
use poem::web::Path;
use poem::web::Redirect;
use poem_openapi::OpenApi;
use poem_openapi::OpenApiService;

use super::methods::Methods;
use crate::error::Error;

pub fn routes(route: Route, service: &OpenApiService<impl OpenApi, ()>) -> Route {
    let document = document::document(service).map(|document| document.to_string());
    let document = make_sync(move |_| match &document {
        Ok(text) => Ok(text.clone().with_content_type("application/json")),
        Err(error) => Err(poem::Error::from(Error::Internal(error.to_string().into()))),
    });
    let redirect = make_sync(|_| Redirect::permanent("../docs"));

    route
        .at("/openapi.json", get(document))
        .at("/docs", get(page))
        .at("/docs/", get(redirect))
        .at("/docs/:file", get(file))
}

fn get<E>(endpoint: E) -> Methods<RouteMethod>
where
    E: IntoEndpoint,
    E::Endpoint: 'static,
{
    Methods::new(poem::get(endpoint), &[Method::GET])
}

/// Poem-openapi's own `swagger_ui` is a page of inline scripts, which the policy forbids.
#[handler]
fn page() -> Response {
    Html(viewer::PAGE)
        .with_header(CONTENT_SECURITY_POLICY, viewer::CONTENT_SECURITY_POLICY)
        .into_response()
}

#[handler]
fn file(Path(name): Path<String>, headers: &HeaderMap) -> Result<Response> {
    let accepted = headers.get_all(ACCEPT_ENCODING).iter();
    let file = viewer::file(&name, accepted.filter_map(|value| value.to_str().ok()))?;
    let mut response = Response::builder()
        .header(CONTENT_TYPE, file.content_type)
        .header(VARY, "accept-encoding");
    if file.gzpipped {
        response = response.header(CONTENT_ENCODING, "gzip");
    }
    Ok(response.body(file.bytes.into_owned()))
}
