//! Who asks: the user of the session.

use axum::Extension;
use axum::RequestPartsExt;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::auth::caller::Caller;
use crate::auth::evidence::Evidence;
use crate::auth::sessions;
use crate::error::Error;
use crate::models::session::Session;
use crate::state::AppState;

impl<S: Send + Sync> FromRequestParts<S> for Session {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let state = state_of(parts).await?;
        let evidence = Evidence::new(parts.method.is_safe(), |name| {
            parts
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
        });
        sessions::resume(&state, &evidence).await
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let session = Session::from_request_parts(parts, state).await?;
        Ok(Self {
            id: session.user_id,
        })
    }
}

async fn state_of(parts: &mut Parts) -> Result<AppState, Error> {
    match parts.extract().await {
        Ok(Extension(state)) => Ok(state),
        Err(error) => Err(Error::Internal(error.into())),
    }
}
