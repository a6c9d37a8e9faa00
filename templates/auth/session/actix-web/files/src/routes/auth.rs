use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;
use actix_web::http::header::SET_COOKIE;
use actix_web::web;
use actix_web::web::Data;
use actix_web::web::Json;
use actix_web::web::ReqData;
use actix_web::web::ServiceConfig;

use super::extract::Body;
use super::resource;
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
pub fn configure_public(config: &mut ServiceConfig) {
    config
        .service(resource("/api/v1/auth/register").post(register))
        .service(resource("/api/v1/auth/login").post(login));
}

/// The routes below `/api/v1/auth` for signed-in callers.
pub fn configure(signed_in: &mut SignedIn) {
    signed_in
        .add("/api/v1/auth/logout", [web::post().to(logout)])
        .add("/api/v1/auth/me", [web::get().to(me), web::head().to(me)]);
}

async fn register(
    state: Data<AppState>,
    Body(new): Body<Registration>,
) -> Result<HttpResponse, Error> {
    let user = accounts::register(&state.db, new).await?;
    let location = format!("/api/v1/users/{}", user.id);
    Ok(HttpResponse::Created()
        .insert_header((LOCATION, location))
        .json(user))
}

async fn login(
    state: Data<AppState>,
    client: Client,
    Body(login): Body<Login>,
) -> Result<HttpResponse, Error> {
    let caller = accounts::sign_in(&state, client, login).await?;
    let cookie = sessions::open(&state, &caller).await?;
    Ok(HttpResponse::NoContent()
        .insert_header((SET_COOKIE, cookie))
        .finish())
}

async fn logout(session: ReqData<Session>, state: Data<AppState>) -> Result<HttpResponse, Error> {
    let cookie = sessions::close(&state, &session).await?;
    Ok(HttpResponse::NoContent()
        .insert_header((SET_COOKIE, cookie))
        .finish())
}

async fn me(caller: ReqData<Caller>, state: Data<AppState>) -> Result<Json<User>, Error> {
    Ok(Json(accounts::find(&state.db, *caller).await?))
}
