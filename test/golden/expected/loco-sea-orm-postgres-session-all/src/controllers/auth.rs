use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::response::IntoResponse;
use axum::{Extension, Json};
use utoipa_axum::routes;

use super::extract::Body;
use super::openapi::{DescribedRoutes, errors};
use crate::auth::caller::Caller;
use crate::auth::{accounts, sessions};
use crate::client::Client;
use crate::error::Error;
use crate::models::credentials::{Login, Registration};
use crate::models::session::Session;
use crate::models::user::User;
use crate::state::AppState;

/// The routes below `/api/v1/auth` that anyone may call.
pub fn public_routes() -> DescribedRoutes {
    DescribedRoutes::new()
        .routes(routes!(register))
        .routes(routes!(login))
}

/// The routes below `/api/v1/auth` for signed-in callers.
pub fn routes() -> DescribedRoutes {
    DescribedRoutes::new()
        .routes(routes!(logout))
        .routes(routes!(me))
}

/// Registers a user.
#[utoipa::path(
    post,
    path = "/api/v1/auth/register",
    operation_id = "register",
    tag = "users",
    request_body = Registration,
    responses(
        (
            status = 201,
            description = "The user.",
            body = User,
            headers(("Location" = String, description = "The path of the new user.")),
        ),
        errors::Body, errors::Conflict, errors::Service,
    ),
)]
async fn register(
    State(state): State<AppState>,
    Body(new): Body<Registration>,
) -> Result<impl IntoResponse, Error> {
    let user = accounts::register(&state.db, new).await?;
    let location = format!("/api/v1/users/{}", user.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(user)))
}

/// Signs a user in.
#[utoipa::path(
    post,
    path = "/api/v1/auth/login",
    operation_id = "login",
    tag = "users",
    request_body = Login,
    responses(
        (
            status = 204,
            description = "The user is signed in.",
            headers(("Set-Cookie" = String, description = "The session cookie.")),
        ),
        errors::Body, errors::Caller, errors::Service, errors::Attempts,
    ),
)]
async fn login(
    State(state): State<AppState>,
    client: Client,
    Body(login): Body<Login>,
) -> Result<impl IntoResponse, Error> {
    let caller = accounts::sign_in(&state, client, login).await?;
    let cookie = sessions::open(&state, &caller).await?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]))
}

/// Ends the session.
#[utoipa::path(
    post,
    path = "/api/v1/auth/logout",
    operation_id = "logout",
    tag = "users",
    responses(
        (
            status = 204,
            description = "The session has ended.",
            headers(("Set-Cookie" = String, description = "Deletes the session cookie.")),
        ),
        errors::Owner, errors::Service,
    ),
)]
async fn logout(
    Extension(session): Extension<Session>,
    State(state): State<AppState>,
) -> Result<impl IntoResponse, Error> {
    let cookie = sessions::close(&state, &session).await?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]))
}

/// Returns your own account.
#[utoipa::path(
    get,
    path = "/api/v1/auth/me",
    operation_id = "me",
    tag = "users",
    responses((status = 200, description = "The user.", body = User), errors::Service),
)]
async fn me(
    Extension(caller): Extension<Caller>,
    State(state): State<AppState>,
) -> Result<Json<User>, Error> {
    Ok(Json(accounts::find(&state.db, caller).await?))
}
