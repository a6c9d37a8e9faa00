use poem::Route;
use poem::handler;
use poem::http::Method;
use poem::http::StatusCode;
use poem::web::Data;
use poem::web::Json;

use super::extract::Body;
use super::extract::Id;
use super::methods::Methods;
use crate::auth::caller::Caller;
use crate::db;
use crate::error::Error;
use crate::models::page::Listing;
use crate::models::page::Page;
use crate::models::user::User;
use crate::models::user::UserChanges;
use crate::state::AppState;

/// Everything below `/api/v1/users`, for users who are signed in.
pub fn routes(route: Route) -> Route {
    let all = Methods::new().on(Method::GET, list);
    let one = Methods::new()
        .on(Method::GET, show)
        .on(Method::PATCH, update)
        .on(Method::DELETE, delete);

    route.at("/api/v1/users", all).at("/api/v1/users/:id", one)
}

#[handler]
async fn list(
    _: Caller,
    Data(state): Data<&AppState>,
    page: Page,
) -> Result<Json<Listing<User>>, Error> {
    let (users, total) = db::users::list(&state.db, page).await?;
    Ok(Json(page.listing(users, total)))
}

#[handler]
async fn show(_: Caller, Data(state): Data<&AppState>, Id(id): Id) -> Result<Json<User>, Error> {
    Ok(Json(db::users::find(&state.db, id).await?))
}

#[handler]
async fn update(
    caller: Caller,
    Data(state): Data<&AppState>,
    Id(id): Id,
    Body(changes): Body<UserChanges>,
) -> Result<Json<User>, Error> {
    caller.must_be(id)?;
    Ok(Json(db::users::update(&state.db, id, changes).await?))
}

#[handler]
async fn delete(
    caller: Caller,
    Data(state): Data<&AppState>,
    Id(id): Id,
) -> Result<StatusCode, Error> {
    caller.must_be(id)?;
    db::users::delete(&state.db, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
