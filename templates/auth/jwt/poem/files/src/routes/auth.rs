use poem::IntoResponse;
use poem::Response;
use poem::Route;
use poem::handler;
use poem::http::Method;
use poem::http::StatusCode;
use poem::http::header::LOCATION;
use poem::web::Data;
use poem::web::Json;

use super::extract::Body;
use super::methods::Methods;
use super::signed_in::SignedIn;
use crate::auth::accounts;
use crate::auth::caller::Caller;
use crate::auth::tokens;
use crate::auth::tokens::AccessToken;
use crate::client::Client;
use crate::error::Error;
use crate::models::credentials::Login;
use crate::models::credentials::Registration;
use crate::models::user::User;
use crate::state::AppState;

/// The routes below `/api/v1/auth` that anyone may call.
pub fn public_routes(route: Route) -> Route {
    route
        .at(
            "/api/v1/auth/register",
            Methods::new().on(Method::POST, register),
        )
        .at("/api/v1/auth/login", Methods::new().on(Method::POST, login))
}

/// The routes below `/api/v1/auth` for signed-in callers.
pub fn routes(signed_in: SignedIn) -> SignedIn {
    signed_in.at("/api/v1/auth/me", Methods::new().on(Method::GET, me))
}

#[handler]
async fn register(
    Data(state): Data<&AppState>,
    Body(new): Body<Registration>,
) -> Result<Response, Error> {
    let user = accounts::register(&state.db, new).await?;
    let location = format!("/api/v1/users/{}", user.id);
    Ok(Json(user)
        .with_status(StatusCode::CREATED)
        .with_header(LOCATION, location)
        .into_response())
}

#[handler]
async fn login(
    Data(state): Data<&AppState>,
    client: Client,
    Body(login): Body<Login>,
) -> Result<Json<AccessToken>, Error> {
    let caller = accounts::sign_in(state, client, login).await?;
    Ok(Json(tokens::issue(&state.config.jwt, &caller)?))
}

#[handler]
async fn me(
    Data(caller): Data<&Caller>,
    Data(state): Data<&AppState>,
) -> Result<Json<User>, Error> {
    Ok(Json(accounts::find(&state.db, *caller).await?))
}
