//! Rejects requests without a valid access token.

use axum::extract::Request;
use axum::extract::State;
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::Response;

use crate::auth::tokens;
use crate::error::Error;
use crate::state::AppState;

/// Adds the caller to the request or responds with 401.
pub async fn require(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Result<Response, Error> {
    let authorization = request.headers().get(AUTHORIZATION);
    let authorization = authorization.and_then(|value| value.to_str().ok());
    let caller = tokens::verify(&state.config.jwt, authorization)?;

    request.extensions_mut().insert(caller);
    Ok(next.run(request).await)
}
