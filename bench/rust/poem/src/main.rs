//! The service on Poem alone, as in its examples.

use std::error::Error;

use poem::error::InternalServerError;
use poem::http::StatusCode;
use poem::http::header::LOCATION;
use poem::listener::TcpListener;
use poem::web::{Data, Json, Path, Query, WithHeader, WithStatus};
use poem::{EndpointExt, IntoResponse, Route, Server, get, handler};
use store::{HEALTH, Health, Listing, NewUser, Page, Pool, User};
use uuid::Uuid;
use validator::Validate;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let pool = store::connect().await?;
    let app = Route::new()
        .at("/health", get(health))
        .at("/api/v1/users", get(list).post(create))
        .at("/api/v1/users/:id", get(show))
        .data(pool);
    let listener = TcpListener::bind(store::address());
    Server::new(listener).run(app).await?;
    Ok(())
}

#[handler]
fn health() -> Json<Health> {
    Json(HEALTH)
}

#[handler]
async fn list(Data(pool): Data<&Pool>, Query(page): Query<Page>) -> poem::Result<Json<Listing>> {
    let listing = store::list(pool, page).await.map_err(failed)?;
    Ok(Json(listing))
}

#[handler]
async fn show(Data(pool): Data<&Pool>, Path(id): Path<Uuid>) -> poem::Result<Json<User>> {
    let user = store::find(pool, id).await.map_err(failed)?;
    Ok(Json(user))
}

#[handler]
async fn create(
    Data(pool): Data<&Pool>,
    Json(new): Json<NewUser>,
) -> poem::Result<WithHeader<WithStatus<Json<User>>>> {
    new.validate()
        .map_err(|error| poem::Error::new(error, StatusCode::UNPROCESSABLE_ENTITY))?;
    let user = store::insert(pool, new).await.map_err(failed)?;
    let location = format!("/api/v1/users/{}", user.id);
    let created = Json(user).with_status(StatusCode::CREATED);
    Ok(created.with_header(LOCATION, location))
}

fn failed(error: store::Error) -> poem::Error {
    match StatusCode::from_u16(store::status_of(&error)) {
        Ok(status) => poem::Error::new(error, status),
        Err(error) => InternalServerError(error),
    }
}
