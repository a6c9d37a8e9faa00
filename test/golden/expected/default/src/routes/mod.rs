//! Routes: one module per resource.

mod error;
mod extract;
mod health;
mod users;

use axum::Router;
use axum::middleware::from_fn;

use crate::middleware;
use crate::state::AppState;

/// Every route, inside every layer.
pub fn router(state: AppState) -> Router {
    Router::new()
        .merge(health::routes())
        .nest("/api/v1/users", users::routes())
        .layer((
            // The first is the outermost: it sees requests before the others, and answers after them.
            from_fn(middleware::request_id::assign),
            from_fn(middleware::request_log::log),
            from_fn(middleware::security_headers::set),
            middleware::cors::layer(&state.config.cors),
            from_fn(middleware::problem::describe),
            middleware::catch_panic::layer(),
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
