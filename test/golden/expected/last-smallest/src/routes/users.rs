use poem::IntoResponse;
use poem::Response;
use poem::Route;
use poem::handler;
use poem::http::Method;
use poem::http::StatusCode;
use poem::http::header::LOCATION;
use poem::web::Data;
use poem::web::Json;

use super::extract::Body;
use super::extract::Id;
use super::methods::Methods;
use crate::db;
use crate::error::Error;
use crate::models::page::Listing;
use crate::models::page::Page;
use crate::models::user::NewUser;
use crate::models::user::User;
use crate::models::user::UserChanges;
use crate::state::AppState;

/// Everything below `/api/v1/users`.
pub fn routes(route: Route) -> Route {
    let all = Methods::new()
        .on(Method::GET, list)
        .on(Method::POST, create);
    let one = Methods::new()
        .on(Method::GET, show)
        .on(Method::PATCH, update)
        .on(Method::DELETE, delete);

    route.at("/api/v1/users", all).at("/api/v1/users/:id", one)
}

#[handler]
async fn list(Data(state): Data<&AppState>, page: Page) -> Result<Json<Listing<User>>, Error> {
    let (users, total) = db::users::list(&state.db, page).await?;
    Ok(Json(page.listing(users, total)))
}

#[handler]
async fn create(Data(state): Data<&AppState>, Body(new): Body<NewUser>) -> Result<Response, Error> {
    let user = db::users::insert(&state.db, new).await?;
    let location = format!("/api/v1/users/{}", user.id);
    Ok(Json(user)
        .with_status(StatusCode::CREATED)
        .with_header(LOCATION, location)
        .into_response())
}

#[handler]
async fn show(Data(state): Data<&AppState>, Id(id): Id) -> Result<Json<User>, Error> {
    Ok(Json(db::users::find(&state.db, id).await?))
}

#[handler]
async fn update(
    Data(state): Data<&AppState>,
    Id(id): Id,
    Body(changes): Body<UserChanges>,
) -> Result<Json<User>, Error> {
    Ok(Json(db::users::update(&state.db, id, changes).await?))
}

#[handler]
async fn delete(Data(state): Data<&AppState>, Id(id): Id) -> Result<StatusCode, Error> {
    db::users::delete(&state.db, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
