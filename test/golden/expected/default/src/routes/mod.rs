//! Routes: one module per resource.

mod error;
mod extract;
mod health;
mod users;

use axum::Router;

use crate::middleware;
use crate::state::AppState;

/// Builds the router: every route, wrapped in all middleware.
pub fn router(state: AppState) -> Router {
    let routes = Router::new()
        // Each module adds whole paths.
        .merge(users::routes())
        .merge(health::routes());
    routes
        .layer((
            // The first layer is the outermost: it sees requests first and responses last.
            middleware::request_id::layer(),
            middleware::request_log::layer(),
            middleware::security_headers::layer(),
            middleware::cors::layer(&state.config.cors),
            middleware::problem::layer(),
            middleware::catch_panic::layer(),
            middleware::compression::accept_identity(),
            middleware::compression::layer(),
            middleware::body_limit::layer(&state.config.body_limit),
            middleware::timeout::layer(&state.config.timeout),
            middleware::protocol::layer(),
        ))
        .with_state(state)
}
