//! Rejects requests without a valid access token.

use poem::FromRequest;
use poem::Request;
use poem::Result;
use poem::http::header::AUTHORIZATION;
use poem::web::Data;

use crate::auth::tokens;
use crate::state::AppState;

/// Adds the caller to the request or returns the error for a 401.
pub async fn require(request: &mut Request) -> Result<()> {
    let Data(state) = Data::<&AppState>::from_request_without_body(request).await?;
    let caller = tokens::verify(&state.config.jwt, request.header(AUTHORIZATION))?;

    request.set_data(caller);
    Ok(())
}
