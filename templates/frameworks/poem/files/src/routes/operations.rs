//! Mounts the operations of the API.

use std::sync::Arc;

use poem::EndpointExt;
use poem::IntoEndpoint;
use poem::Route;
use poem_openapi::OpenApi;
use poem_openapi::OpenApiService;
use poem_openapi::registry::MetaPath;

use super::methods::Methods;
use super::query::Names;

/// Routes every path of the API to the service. Nested as a whole, the service would return 405
/// without `Allow`, and its route patterns would lack the names of the parameters.
pub fn mount<A: OpenApi>(route: Route, service: OpenApiService<A, ()>) -> Route {
    let service = Arc::new(service.into_endpoint());
    let paths = A::meta().into_iter().flat_map(|api| api.paths);
    paths.fold(route, |route, MetaPath { path, operations }| {
        // The description has `{id}` where Poem has `:id`.
        let pattern = path.replace('{', ":").replace('}', "");
        let methods = operations.iter().map(|operation| operation.method.clone());
        let methods = Vec::from_iter(methods);
        let service = service.clone().data(Names::of(operations));
        route.at(pattern, Methods::new(service, &methods))
    })
}
