//! Serves the OpenAPI description of the API and a page that renders it.

mod assets;

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::Responder;
use actix_web::body::BoxBody;
use actix_web::http::header::CONTENT_SECURITY_POLICY;
use actix_web::web::Redirect;
use actix_web::web::ServiceConfig;
use assets::Asset;

use super::resource;

pub fn configure(config: &mut ServiceConfig) {
    let mut add = |path, asset: Asset| {
        let send = move || async move { asset };
        config.service(resource(path).get(send).head(send));
    };
    add("/openapi.json", assets::DOCUMENT);
    add("/docs", assets::PAGE);
    add("/docs/docs.css", assets::STYLE);
    add("/docs/docs.js", assets::SCRIPT);

    let redirect = async || Redirect::to("../docs").permanent();
    config.service(resource("/docs/").get(redirect).head(redirect));
}

impl Responder for Asset {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok()
            .content_type(self.content_type)
            .insert_header((CONTENT_SECURITY_POLICY, assets::CONTENT_SECURITY_POLICY))
            .body(self.body)
    }
}
