//! Serves the OpenAPI description of the API and a page that renders it.

mod assets;

use assets::Asset;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use axum::routing::MethodRouter;
use axum::routing::get;
use loco_rs::controller::Routes;

pub fn routes() -> Routes {
    Routes::new()
        .add("/openapi.json", get(assets::DOCUMENT))
        .add("/docs", get(assets::PAGE))
        .add("/docs/docs.css", get(assets::STYLE))
        .add("/docs/docs.js", get(assets::SCRIPT))
}

/// Redirects from `/docs/`, which Loco's own router would register as a second `/docs`.
pub fn redirect() -> MethodRouter {
    get(async || Redirect::permanent("../docs"))
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
