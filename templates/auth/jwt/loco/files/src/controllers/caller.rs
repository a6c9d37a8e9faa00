//! Who asks: the user of the access token.

use axum::Extension;
use axum::RequestPartsExt;
use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

use crate::auth::caller::Caller;
use crate::auth::tokens;
use crate::error::Error;
use crate::state::AppState;

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let state = state_of(parts).await?;
        let authorization = parts.headers.get(AUTHORIZATION);
        let authorization = authorization.and_then(|value| value.to_str().ok());
        tokens::verify(&state.config.jwt, authorization)
    }
}

async fn state_of(parts: &mut Parts) -> Result<AppState, Error> {
    match parts.extract().await {
        Ok(Extension(state)) => Ok(state),
        Err(error) => Err(Error::Internal(error.into())),
    }
}
