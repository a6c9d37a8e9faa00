//! The routes for signed-in callers.

use axum::middleware::from_fn_with_state;
use loco_rs::app::AppContext;

use super::openapi::{DescribedRoutes, security};
use super::{auth, users};
use crate::middleware::authenticate;

/// The routes that require a signed-in caller. Handlers extract it as `Extension<Caller>`.
pub fn routes(ctx: &AppContext) -> Vec<DescribedRoutes> {
    let routes = [
        // `cargo loco generate controller` adds its routes here.
        auth::routes(),
        users::routes(),
    ];
    let guard = from_fn_with_state(ctx.clone(), authenticate::require);
    let guarded = routes.into_iter().map(|routes| {
        routes
            .wrap(|methods| methods.route_layer(guard.clone()))
            .describe(security::require)
    });
    guarded.collect()
}
