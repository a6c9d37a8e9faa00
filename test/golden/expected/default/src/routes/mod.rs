//! Routes: one module per resource.

mod error;
mod extract;
mod health;
mod users;

use axum::Router;
use axum::middleware::from_fn;

use crate::middleware;
use crate::state::AppState;

/// Builds the router: every route, wrapped in all middleware.
pub fn router(state: AppState) -> Router {
    let routes = Router::new()
        // Each module adds whole paths.
        .merge(users::routes())
        .merge(health::routes());
    routes
        // Added separately, since a tuple holds at most 16 layers.
        .layer(from_fn(middleware::protocol::enforce))
        .layer((
            // The first layer is the outermost: it sees requests first and responses last.
            from_fn(middleware::request_id::assign),
            from_fn(middleware::request_log::log),
            from_fn(middleware::security_headers::set),
            from_fn(middleware::cors::hide_options),
            middleware::cors::layer(&state.config.cors),
            from_fn(middleware::cors::show_options),
            from_fn(middleware::problem::describe),
            middleware::catch_panic::layer(),
            from_fn(middleware::compression::accept_identity),
            middleware::compression::layer(),
            axum::middleware::from_fn_with_state(
                state.config.body_limit.bytes,
                middleware::body_limit::enforce,
            ),
            middleware::body_limit::layer(&state.config.body_limit),
            middleware::timeout::layer(&state.config.timeout),
        ))
        .with_state(state)
}
