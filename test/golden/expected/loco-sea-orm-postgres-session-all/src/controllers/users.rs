use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use utoipa_axum::routes;

use super::extract::{Body, Id, Query};
use super::openapi::{DescribedRoutes, errors};
use crate::auth::caller::Caller;
use crate::error::Error;
use crate::models::page::{Listing, Page};
use crate::models::profile::Profile;
use crate::models::user::{User, UserChanges};
use crate::state::AppState;
use crate::{cache, db};

/// The routes below `/api/v1/users`, for signed-in callers.
pub fn routes() -> DescribedRoutes {
    DescribedRoutes::new()
        .routes(routes!(list))
        .routes(routes!(show, update, delete))
}

/// Lists users, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/users",
    operation_id = "listUsers",
    tag = "users",
    params(Page),
    responses(
        (status = 200, description = "A page of users.", body = Listing<Profile>),
        errors::Query, errors::Service,
    ),
)]
async fn list(
    Extension(caller): Extension<Caller>,
    State(state): State<AppState>,
    Query(page): Query<Page>,
) -> Result<Json<Listing<Profile>>, Error> {
    let (users, total) = db::users::list(&state.db, page).await?;
    let profiles = users.into_iter().map(|user| Profile::new(user, caller.id));
    Ok(Json(page.listing(profiles.collect(), total)))
}

/// Returns a user.
#[utoipa::path(
    get,
    path = "/api/v1/users/{id}",
    operation_id = "findUser",
    tag = "users",
    params(("id" = Uuid, Path, description = "The id of the user.")),
    responses(
        (status = 200, description = "The user.", body = Profile),
        errors::Id, errors::Service,
    ),
)]
async fn show(
    Extension(caller): Extension<Caller>,
    State(state): State<AppState>,
    Id(id): Id,
) -> Result<Json<Profile>, Error> {
    let user = cache::users::find(&state, id).await?;
    Ok(Json(Profile::new(user, caller.id)))
}

/// Updates a user.
#[utoipa::path(
    patch,
    path = "/api/v1/users/{id}",
    operation_id = "updateUser",
    tag = "users",
    params(("id" = Uuid, Path, description = "The id of the user.")),
    request_body = UserChanges,
    responses(
        (status = 200, description = "The updated user.", body = User),
        errors::Id, errors::Body, errors::Conflict, errors::Owner, errors::Service,
    ),
)]
async fn update(
    Extension(caller): Extension<Caller>,
    State(state): State<AppState>,
    Id(id): Id,
    Body(changes): Body<UserChanges>,
) -> Result<Json<User>, Error> {
    caller.must_be(id)?;
    Ok(Json(cache::users::update(&state, id, changes).await?))
}

/// Deletes a user.
#[utoipa::path(
    delete,
    path = "/api/v1/users/{id}",
    operation_id = "deleteUser",
    tag = "users",
    params(("id" = Uuid, Path, description = "The id of the user.")),
    responses(
        (status = 204, description = "The user has been deleted."),
        errors::Id, errors::Conflict, errors::Owner, errors::Service,
    ),
)]
async fn delete(
    Extension(caller): Extension<Caller>,
    State(state): State<AppState>,
    Id(id): Id,
) -> Result<StatusCode, Error> {
    caller.must_be(id)?;
    cache::users::delete(&state, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
