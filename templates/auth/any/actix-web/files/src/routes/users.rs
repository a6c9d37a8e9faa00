use actix_web::HttpResponse;
use actix_web::web;
use actix_web::web::Data;
use actix_web::web::Json;
use actix_web::web::Path;
use actix_web::web::ServiceConfig;
use uuid::Uuid;

use super::extract::Body;
use super::resource;
use crate::auth::caller::Caller;
use crate::db;
use crate::error::Error;
use crate::models::page::Listing;
use crate::models::page::Page;
use crate::models::user::User;
use crate::models::user::UserChanges;
use crate::state::AppState;

/// Everything below `/api/v1/users`, for users who are signed in.
pub fn configure(config: &mut ServiceConfig) {
    let all = resource("").get(list).head(list);
    let one = resource("/{id}").get(show).head(show);
    let one = one.patch(update).delete(delete);
    config.service(web::scope("/api/v1/users").service(all).service(one));
}

async fn list(_: Caller, state: Data<AppState>, page: Page) -> Result<Json<Listing<User>>, Error> {
    let (users, total) = db::users::list(&state.db, page).await?;
    Ok(Json(page.listing(users, total)))
}

async fn show(_: Caller, state: Data<AppState>, id: Path<Uuid>) -> Result<Json<User>, Error> {
    Ok(Json(db::users::find(&state.db, *id).await?))
}

async fn update(
    caller: Caller,
    state: Data<AppState>,
    id: Path<Uuid>,
    Body(changes): Body<UserChanges>,
) -> Result<Json<User>, Error> {
    caller.must_be(*id)?;
    Ok(Json(db::users::update(&state.db, *id, changes).await?))
}

async fn delete(
    caller: Caller,
    state: Data<AppState>,
    id: Path<Uuid>,
) -> Result<HttpResponse, Error> {
    caller.must_be(*id)?;
    db::users::delete(&state.db, *id).await?;
    Ok(HttpResponse::NoContent().finish())
}
