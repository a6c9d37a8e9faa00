//! Serves the OpenAPI document and a page that shows it.

mod document;
pub mod errors;
pub mod security;
mod viewer;

use axum::Json;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::http::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY,
};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};
use loco_rs::app::AppContext;
use loco_rs::controller::{AppRoutes, Routes};
use utoipa::openapi::path::Paths;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use crate::error::Error;

/// Routes that are part of the document.
#[derive(Default)]
pub struct DescribedRoutes {
    mounted: Routes,
    described: OpenApiRouter<AppContext>,
}

impl DescribedRoutes {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the handlers of a path, collected by `routes!`.
    pub fn routes(mut self, handlers: UtoipaMethodRouter<AppContext>) -> Self {
        let (_, paths, methods) = &handlers;
        for path in paths.paths.keys() {
            self.mounted = self.mounted.add(path, methods.clone());
        }
        self.described = self.described.routes(handlers);
        self
    }

    /// Wraps the handlers of every path, for example in a layer.
    pub fn wrap(
        mut self,
        wrap: impl Fn(MethodRouter<AppContext>) -> MethodRouter<AppContext>,
    ) -> Self {
        for handler in &mut self.mounted.handlers {
            handler.method = wrap(handler.method.clone());
        }
        self
    }

    /// Changes the description of the handlers.
    pub fn describe(mut self, change: impl FnOnce(&mut Paths)) -> Self {
        change(&mut self.described.get_openapi_mut().paths);
        self
    }
}

/// Serves the routes, the document that describes them, and the page.
pub fn publish(routes: Vec<DescribedRoutes>) -> AppRoutes {
    let (mut mounted, described): (Vec<_>, Vec<_>) = routes
        .into_iter()
        .map(|routes| (routes.mounted, routes.described))
        .unzip();
    let described = described
        .into_iter()
        .fold(OpenApiRouter::new(), OpenApiRouter::merge);
    let document = Json(document::complete(described.into_openapi()));
    mounted.push(
        Routes::new()
            .add("/openapi.json", get(document))
            .add("/docs", get(page))
            .add("/docs/{file}", get(file)),
    );

    #[expect(clippy::disallowed_methods, reason = "they are described")]
    AppRoutes::empty().add_routes(mounted)
}

/// Redirects from `/docs/`, which Loco's own router would register as a second `/docs`.
pub fn redirect() -> MethodRouter {
    get(async || Redirect::permanent("../docs"))
}

async fn page() -> impl IntoResponse {
    let headers = [(CONTENT_SECURITY_POLICY, viewer::CONTENT_SECURITY_POLICY)];
    (headers, Html(viewer::PAGE))
}

async fn file(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, Error> {
    let accepted = headers.get_all(ACCEPT_ENCODING).iter();
    let file = viewer::file(&name, accepted.filter_map(|value| value.to_str().ok()))?;
    let content_type = [(CONTENT_TYPE, file.content_type)];
    let vary = [(VARY, "accept-encoding")];
    let encoding = file.gzpipped.then_some([(CONTENT_ENCODING, "gzip")]);
    Ok((content_type, vary, encoding, file.bytes).into_response())
}
