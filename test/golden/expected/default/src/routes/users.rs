use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};

use super::extract::{Body, Id, Query};
use crate::db;
use crate::error::Error;
use crate::models::page::{Listing, Page};
use crate::models::user::{NewUser, User, UserChanges};
use crate::state::AppState;

/// The routes below `/api/v1/users`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/v1/users", get(list).post(create))
        .route("/api/v1/users/{id}", get(show).patch(update).delete(delete))
}

/// Lists users, newest first.
async fn list(
    State(state): State<AppState>,
    Query(page): Query<Page>,
) -> Result<Json<Listing<User>>, Error> {
    let (users, total) = db::users::list(&state.db, page).await?;
    Ok(Json(page.listing(users, total)))
}

/// Creates a user.
async fn create(
    State(state): State<AppState>,
    Body(new): Body<NewUser>,
) -> Result<impl IntoResponse, Error> {
    let user = db::users::insert(&state.db, new).await?;
    let location = format!("/api/v1/users/{}", user.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(user)))
}

/// Returns a user.
async fn show(State(state): State<AppState>, Id(id): Id) -> Result<Json<User>, Error> {
    Ok(Json(db::users::find(&state.db, id).await?))
}

/// Updates a user.
async fn update(
    State(state): State<AppState>,
    Id(id): Id,
    Body(changes): Body<UserChanges>,
) -> Result<Json<User>, Error> {
    Ok(Json(db::users::update(&state.db, id, changes).await?))
}

/// Deletes a user.
async fn delete(State(state): State<AppState>, Id(id): Id) -> Result<StatusCode, Error> {
    db::users::delete(&state.db, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
