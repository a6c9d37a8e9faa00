use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;
use actix_web::web;
use actix_web::web::Data;
use actix_web::web::Json;
use actix_web::web::Path;
use actix_web::web::ServiceConfig;
use uuid::Uuid;

use super::extract::Body;
use super::resource;
use crate::db;
use crate::error::Error;
use crate::models::page::Listing;
use crate::models::page::Page;
use crate::models::user::NewUser;
use crate::models::user::User;
use crate::models::user::UserChanges;
use crate::state::AppState;

/// Everything below `/api/v1/users`.
pub fn configure(config: &mut ServiceConfig) {
    let all = resource("").get(list).head(list).post(create);
    let one = resource("/{id}").get(show).head(show);
    let one = one.patch(update).delete(delete);
    config.service(web::scope("/api/v1/users").service(all).service(one));
}

async fn list(state: Data<AppState>, page: Page) -> Result<Json<Listing<User>>, Error> {
    let (users, total) = db::users::list(&state.db, page).await?;
    Ok(Json(page.listing(users, total)))
}

async fn create(state: Data<AppState>, Body(new): Body<NewUser>) -> Result<HttpResponse, Error> {
    let user = db::users::insert(&state.db, new).await?;
    let location = format!("/api/v1/users/{}", user.id);
    Ok(HttpResponse::Created()
        .insert_header((LOCATION, location))
        .json(user))
}

async fn show(state: Data<AppState>, id: Path<Uuid>) -> Result<Json<User>, Error> {
    Ok(Json(db::users::find(&state.db, *id).await?))
}

async fn update(
    state: Data<AppState>,
    id: Path<Uuid>,
    Body(changes): Body<UserChanges>,
) -> Result<Json<User>, Error> {
    Ok(Json(db::users::update(&state.db, *id, changes).await?))
}

async fn delete(state: Data<AppState>, id: Path<Uuid>) -> Result<HttpResponse, Error> {
    db::users::delete(&state.db, *id).await?;
    Ok(HttpResponse::NoContent().finish())
}
