//! The security scheme of the API.

use poem::FromRequest;
use poem::Request;
use poem::Result;
use poem::http::header::AUTHORIZATION;
use poem::web::Data;
use poem_openapi::SecurityScheme;
use poem_openapi::auth::Bearer;

use crate::auth::caller::Caller;
use crate::auth::tokens;
use crate::state::AppState;

/// The caller of an operation that requires an access token.
#[derive(SecurityScheme)]
#[oai(
    ty = "bearer",
    bearer_format = "JWT",
    rename = "access_token",
    checker = "authenticate"
)]
pub struct SignedIn(pub Caller);

/// Returns the caller to whom the token was issued.
async fn authenticate(request: &Request, _: Bearer) -> Result<Caller> {
    let Data(state) = Data::<&AppState>::from_request_without_body(request).await?;
    let authorization = request.header(AUTHORIZATION);
    Ok(tokens::verify(&state.config.jwt, authorization)?)
}
