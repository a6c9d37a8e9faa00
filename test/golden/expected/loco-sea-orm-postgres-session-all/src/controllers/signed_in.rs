//! The routes for signed-in callers.

use axum::middleware::from_fn;

use super::openapi::ApiRoutes;
use super::{auth, users};
use crate::middleware::authenticate;

/// The routes that require a signed-in caller. Handlers extract it as `Extension<Caller>`.
pub fn routes() -> Vec<ApiRoutes> {
    vec![
        // `cargo loco generate controller` adds its routes here.
        guard(auth::routes()),
        guard(users::routes()),
    ]
}

fn guard(mut routes: ApiRoutes) -> ApiRoutes {
    for handler in &mut routes.mounted.handlers {
        let methods = handler.method.clone();
        // Unlike `Routes::layer`, this does not apply to the 405 for unsupported methods.
        handler.method = methods.route_layer(from_fn(authenticate::require));
    }
    routes
}
