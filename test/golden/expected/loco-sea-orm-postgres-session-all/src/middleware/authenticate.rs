//! Rejects requests without a valid session.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::auth::caller::Caller;
use crate::auth::evidence::Evidence;
use crate::auth::sessions;
use crate::error::Error;
use crate::state::AppState;

/// Adds the caller and their session to the request or responds with 401.
pub async fn require(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Result<Response, Error> {
    let headers = request.headers();
    let evidence = Evidence::new(request.method().is_safe(), |name| {
        headers.get(name).and_then(|value| value.to_str().ok())
    });
    let session = sessions::resume(&state, &evidence).await?;
    let caller = Caller {
        id: session.user_id,
    };

    request.extensions_mut().insert(caller);
    request.extensions_mut().insert(session);
    Ok(next.run(request).await)
}
