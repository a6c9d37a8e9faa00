//! Serves the OpenAPI description of the API and a page that renders it.

mod assets;

use assets::Asset;
use poem::IntoResponse;
use poem::Response;
use poem::Route;
use poem::endpoint::make_sync;
use poem::http::Method;
use poem::http::header::CONTENT_SECURITY_POLICY;
use poem::web::Redirect;

use super::methods::Methods;

pub fn routes(route: Route) -> Route {
    let get = |asset: Asset| Methods::new().on(Method::GET, make_sync(move |_| asset));
    let redirect = make_sync(|_| Redirect::permanent("../docs"));

    route
        .at("/openapi.json", get(assets::DOCUMENT))
        .at("/docs", get(assets::PAGE))
        .at("/docs/", Methods::new().on(Method::GET, redirect))
        .at("/docs/docs.css", get(assets::STYLE))
        .at("/docs/docs.js", get(assets::SCRIPT))
}

impl IntoResponse for Asset {
    fn into_response(self) -> Response {
        self.body
            .with_content_type(self.content_type)
            .with_header(CONTENT_SECURITY_POLICY, assets::CONTENT_SECURITY_POLICY)
            .into_response()
    }
}
