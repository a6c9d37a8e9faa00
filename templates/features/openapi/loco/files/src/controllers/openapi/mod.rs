//! Serves the OpenAPI document and a page that shows it.

mod document;
pub mod errors;
mod viewer;

use axum::Json;
use axum::extract::Path;
use axum::http::header::CONTENT_ENCODING;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::header::CONTENT_TYPE;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use axum::routing::MethodRouter;
use axum::routing::get;
use loco_rs::app::AppContext;
use loco_rs::controller::AppRoutes;
use loco_rs::controller::Routes;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::router::UtoipaMethodRouter;

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

async fn file(Path(name): Path<String>) -> Result<Response, Error> {
    let file = viewer::file(&name).ok_or(Error::NotFound)?;
    let headers = [(CONTENT_TYPE, file.content_type)];
    let encoding = file.gzpipped.then_some([(CONTENT_ENCODING, "gzip")]);
    Ok((headers, encoding, file.bytes).into_response())
}
