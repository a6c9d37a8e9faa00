//! The controller of users.

use axum::Json;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use loco_rs::prelude::*;
use store::{Listing, NewUser, Page, Pool, User};
use uuid::Uuid;
use validator::Validate;

pub fn routes() -> Routes {
    Routes::new()
        .prefix("/api/v1/users")
        .add("/", get(list).post(create))
        .add("/{id}", get(show))
}

async fn list(
    SharedStore(pool): SharedStore<Pool>,
    Query(page): Query<Page>,
) -> Result<Json<Listing>, StatusCode> {
    let listing = store::list(&pool, page).await.map_err(failed)?;
    Ok(Json(listing))
}

async fn show(
    SharedStore(pool): SharedStore<Pool>,
    Path(id): Path<Uuid>,
) -> Result<Json<User>, StatusCode> {
    let user = store::find(&pool, id).await.map_err(failed)?;
    Ok(Json(user))
}

async fn create(
    SharedStore(pool): SharedStore<Pool>,
    Json(new): Json<NewUser>,
) -> Result<impl IntoResponse, StatusCode> {
    new.validate()
        .map_err(|_| StatusCode::UNPROCESSABLE_ENTITY)?;
    let user = store::insert(&pool, new).await.map_err(failed)?;
    let location = format!("/api/v1/users/{}", user.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(user)))
}

fn failed(error: store::Error) -> StatusCode {
    StatusCode::from_u16(store::status_of(&error)).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
