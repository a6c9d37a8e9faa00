use axum::http::StatusCode;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Extension, Json};
use loco_rs::controller::Routes;

use super::extract::Body;
use crate::auth::caller::Caller;
use crate::auth::{accounts, sessions};
use crate::client::Client;
use crate::error::Error;
use crate::models::credentials::{Login, Registration};
use crate::models::session::Session;
use crate::models::user::User;
use crate::state::AppState;

/// The routes below `/api/v1/auth` that anyone may call.
pub fn public_routes() -> Routes {
    Routes::at("/api/v1/auth")
        .add("/register", post(register))
        .add("/login", post(login))
}

/// The routes below `/api/v1/auth` for signed-in callers.
pub fn routes() -> Routes {
    Routes::at("/api/v1/auth")
        .add("/logout", post(logout))
        .add("/me", get(me))
}

async fn register(
    Extension(state): Extension<AppState>,
    Body(new): Body<Registration>,
) -> Result<impl IntoResponse, Error> {
    let user = accounts::register(&state.db, new).await?;
    let location = format!("/api/v1/users/{}", user.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(user)))
}

async fn login(
    Extension(state): Extension<AppState>,
    client: Client,
    Body(login): Body<Login>,
) -> Result<impl IntoResponse, Error> {
    let caller = accounts::sign_in(&state, client, login).await?;
    let cookie = sessions::open(&state, &caller).await?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]))
}

async fn logout(
    Extension(session): Extension<Session>,
    Extension(state): Extension<AppState>,
) -> Result<impl IntoResponse, Error> {
    let cookie = sessions::close(&state, &session).await?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]))
}

async fn me(
    Extension(caller): Extension<Caller>,
    Extension(state): Extension<AppState>,
) -> Result<Json<User>, Error> {
    Ok(Json(accounts::find(&state.db, caller).await?))
}
