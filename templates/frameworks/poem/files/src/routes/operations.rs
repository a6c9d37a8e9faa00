//! Mounts the operations of the API.

use std::collections::HashMap;
use std::sync::Arc;

use poem::Endpoint;
use poem::IntoEndpoint;
use poem::Request;
use poem::Response;
use poem::Result;
use poem::Route;
use poem::endpoint::BoxEndpoint;
use poem::http::Method;
use poem_openapi::OpenApi;
use poem_openapi::OpenApiService;
use poem_openapi::registry::MetaOperation;
use poem_openapi::registry::MetaParamIn;
use poem_openapi::registry::MetaPath;

use super::error;
use super::methods::Methods;
use crate::error::Error;

/// Routes every path of the API to the service. Nested as a whole, the service would return 405
/// without `Allow`, and its route patterns would lack the names of the parameters.
pub fn mount<A: OpenApi>(service: OpenApiService<A, ()>) -> Route {
    let service = Arc::new(service.into_endpoint());
    let paths = A::meta().into_iter().flat_map(|api| api.paths);
    paths.fold(Route::new(), |route, MetaPath { path, operations }| {
        // The description has `{id}` where Poem has `:id`.
        let pattern = path.replace('{', ":").replace('}', "");
        let methods = operations.iter().map(|operation| operation.method.clone());
        let methods = Vec::from_iter(methods);
        let operations = Operations::new(service.clone(), operations);
        route.at(pattern, Methods::new(operations, &methods))
    })
}

/// The operations of a path.
struct Operations {
    service: Arc<BoxEndpoint<'static>>,
    /// The names of the query parameters, by method.
    queries: HashMap<Method, Vec<String>>,
}

impl Operations {
    fn new(service: Arc<BoxEndpoint<'static>>, operations: Vec<MetaOperation>) -> Self {
        let query = |operation: MetaOperation| {
            let params = operation.params.into_iter();
            let params = params.filter(|param| param.in_type == MetaParamIn::Query);
            (operation.method, params.map(|param| param.name).collect())
        };
        let queries = operations.into_iter().map(query).collect();
        Self { service, queries }
    }

    /// Rejects unknown and repeated parameters of an operation that has query parameters:
    /// poem-openapi ignores them.
    fn check_query(&self, request: &Request) -> Result<(), Error> {
        let method = match request.method() {
            &Method::HEAD => &Method::GET,
            method => method,
        };
        let names = self.queries.get(method);
        let Some(mut names) = names.filter(|names| !names.is_empty()).cloned() else {
            return Ok(());
        };
        let sent: Vec<(String, String)> = request.params().unwrap_or_default();
        for (name, _) in sent {
            let Some(known) = names.iter().position(|known| *known == name) else {
                return Err(Error::Malformed(
                    "the query has an unknown or repeated parameter".into(),
                ));
            };
            names.swap_remove(known);
        }
        Ok(())
    }
}

impl Endpoint for Operations {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        self.check_query(&request)?;
        self.service.call(request).await.map_err(error::translate)
    }
}
