//! Routes: one module a resource.

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
            from_fn(middleware::problem::describe),
        ))
        .with_state(state)
}
