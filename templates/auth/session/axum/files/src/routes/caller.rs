//! Who asks: the user of the session.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::auth::caller::Caller;
use crate::auth::evidence::Evidence;
use crate::auth::sessions;
use crate::error::Error;
use crate::models::session::Session;
use crate::state::AppState;

impl FromRequestParts<AppState> for Session {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        let evidence = Evidence::new(parts.method.is_safe(), |name| {
            parts
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
        });
        sessions::resume(state, &evidence).await
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        let session = Session::from_request_parts(parts, state).await?;
        Ok(Self {
            id: session.user_id,
        })
    }
}
