use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;
use actix_web::web;
use actix_web::web::Data;
use actix_web::web::Json;
use actix_web::web::ServiceConfig;

use super::extract::Body;
use super::resource;
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

/// Everything below `/api/v1/auth`.
pub fn configure(config: &mut ServiceConfig) {
    let scope = web::scope("/api/v1/auth")
        .service(resource("/register").post(register))
        .service(resource("/login").post(login))
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
) -> Result<Json<AccessToken>, Error> {
    let caller = accounts::sign_in(&state, client, login).await?;
    Ok(Json(tokens::issue(&state.config.jwt, &caller)?))
}

async fn me(caller: Caller, state: Data<AppState>) -> Result<Json<User>, Error> {
    Ok(Json(accounts::find(&state.db, caller).await?))
}
