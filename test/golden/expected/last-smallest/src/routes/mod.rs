//! Routes: one module per resource.

mod error;
mod extract;
mod health;
mod methods;
mod users;

use poem::Endpoint;
use poem::EndpointExt;
use poem::Route;

use crate::middleware;
use crate::state::AppState;

/// Every route, inside every layer.
pub fn router(state: AppState) -> impl Endpoint {
    // Each module adds whole paths: a nested `Route` would take a slash at the end, too.
    users::routes(health::routes(Route::new()))
        // The last is the outermost: it sees requests before the others, and answers after them.
        .around(middleware::problem::describe)
        .data(state)
}
