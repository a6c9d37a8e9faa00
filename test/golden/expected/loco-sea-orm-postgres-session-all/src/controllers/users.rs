use axum::http::StatusCode;
use axum::routing::get;
use axum::{Extension, Json};
use loco_rs::controller::Routes;

use super::extract::{Body, Id, Query};
use crate::auth::caller::Caller;
use crate::error::Error;
use crate::models::page::{Listing, Page};
use crate::models::profile::Profile;
use crate::models::user::{User, UserChanges};
use crate::state::AppState;
use crate::{cache, db};

/// The routes below `/api/v1/users`, for signed-in callers.
pub fn routes() -> Routes {
    Routes::at("/api/v1/users")
        .add("/", get(list))
        .add("/{id}", get(show).patch(update).delete(delete))
}

async fn list(
    Extension(caller): Extension<Caller>,
    Extension(state): Extension<AppState>,
    Query(page): Query<Page>,
) -> Result<Json<Listing<Profile>>, Error> {
    let (users, total) = db::users::list(&state.db, page).await?;
    let profiles = users.into_iter().map(|user| Profile::new(user, caller.id));
    Ok(Json(page.listing(profiles.collect(), total)))
}

async fn show(
    Extension(caller): Extension<Caller>,
    Extension(state): Extension<AppState>,
    Id(id): Id,
) -> Result<Json<Profile>, Error> {
    let user = cache::users::find(&state, id).await?;
    Ok(Json(Profile::new(user, caller.id)))
}

async fn update(
    Extension(caller): Extension<Caller>,
    Extension(state): Extension<AppState>,
    Id(id): Id,
    Body(changes): Body<UserChanges>,
) -> Result<Json<User>, Error> {
    caller.must_be(id)?;
    Ok(Json(cache::users::update(&state, id, changes).await?))
}

async fn delete(
    Extension(caller): Extension<Caller>,
    Extension(state): Extension<AppState>,
    Id(id): Id,
) -> Result<StatusCode, Error> {
    caller.must_be(id)?;
    cache::users::delete(&state, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
