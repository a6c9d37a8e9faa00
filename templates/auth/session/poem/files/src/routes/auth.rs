use poem::IntoResponse;
use poem::Response;
use poem::Route;
use poem::handler;
use poem::http::Method;
use poem::http::StatusCode;
use poem::http::header::LOCATION;
use poem::http::header::SET_COOKIE;
use poem::web::Data;
use poem::web::Json;

use super::extract::Body;
use super::methods::Methods;
use super::signed_in::SignedIn;
use crate::auth::accounts;
use crate::auth::caller::Caller;
use crate::auth::sessions;
use crate::client::Client;
use crate::error::Error;
use crate::models::credentials::Login;
use crate::models::credentials::Registration;
use crate::models::session::Session;
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
    signed_in
        .at(
            "/api/v1/auth/logout",
            Methods::new().on(Method::POST, logout),
        )
        .at("/api/v1/auth/me", Methods::new().on(Method::GET, me))
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
) -> Result<Response, Error> {
    let caller = accounts::sign_in(state, client, login).await?;
    let cookie = sessions::open(state, &caller).await?;
    Ok(StatusCode::NO_CONTENT
        .with_header(SET_COOKIE, cookie)
        .into_response())
}

#[handler]
async fn logout(
    Data(session): Data<&Session>,
    Data(state): Data<&AppState>,
) -> Result<Response, Error> {
    let cookie = sessions::close(state, session).await?;
    Ok(StatusCode::NO_CONTENT
        .with_header(SET_COOKIE, cookie)
        .into_response())
}

#[handler]
async fn me(
    Data(caller): Data<&Caller>,
    Data(state): Data<&AppState>,
) -> Result<Json<User>, Error> {
    Ok(Json(accounts::find(&state.db, *caller).await?))
}
