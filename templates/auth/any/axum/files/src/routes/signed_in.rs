//! The routes for signed-in callers.

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;

use super::auth;
use super::users;
use crate::middleware::authenticate;
use crate::state::AppState;

/// The routes that require a signed-in caller. Handlers extract it as `Extension<Caller>`.
pub fn routes(state: &AppState) -> Router<AppState> {
    Router::new()
        .nest("/api/v1/auth", auth::routes())
        .nest("/api/v1/users", users::routes())
        .route_layer(from_fn_with_state(state.clone(), authenticate::require))
        // Set after the layer, so other methods return 405 even if the caller is not signed in.
        .method_not_allowed_fallback(async || StatusCode::METHOD_NOT_ALLOWED)
}
