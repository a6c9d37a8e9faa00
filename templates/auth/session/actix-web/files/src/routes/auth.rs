use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;
use actix_web::http::header::SET_COOKIE;
use actix_web::web;
use actix_web::web::Data;
use actix_web::web::Json;
use actix_web::web::ServiceConfig;

use super::extract::Body;
use super::resource;
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

/// Everything below `/api/v1/auth`.
pub fn configure(config: &mut ServiceConfig) {
    let scope = web::scope("/api/v1/auth")
        .service(resource("/register").post(register))
        .service(resource("/login").post(login))
        .service(resource("/logout").post(logout))
        .service(resource("/me").get(me).head(me));
    config.service(scope);
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

async fn logout(session: Session, state: Data<AppState>) -> Result<HttpResponse, Error> {
    let cookie = sessions::close(&state, &session).await?;
    Ok(HttpResponse::NoContent()
        .insert_header((SET_COOKIE, cookie))
        .finish())
}

async fn me(caller: Caller, state: Data<AppState>) -> Result<Json<User>, Error> {
    Ok(Json(accounts::find(&state.db, caller).await?))
}
