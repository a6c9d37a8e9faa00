//! The service on Axum alone, as in its examples.

use std::error::Error;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use store::{HEALTH, Health, Listing, NewUser, Page, Pool, User};
use tokio::net::TcpListener;
use uuid::Uuid;
use validator::Validate;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let pool = store::connect().await?;
    let app = Router::new()
        .route("/health", get(health))
        .route("/api/v1/users", get(list).post(create))
        .route("/api/v1/users/{id}", get(show))
        .with_state(pool);
    let listener = TcpListener::bind(store::address()).await?;
    axum::serve(listener, app).await?;
    Ok(())
}

async fn health() -> Json<Health> {
    Json(HEALTH)
}

async fn list(
    State(pool): State<Pool>,
    Query(page): Query<Page>,
) -> Result<Json<Listing>, StatusCode> {
    let listing = store::list(&pool, page).await.map_err(failed)?;
    Ok(Json(listing))
}

async fn show(State(pool): State<Pool>, Path(id): Path<Uuid>) -> Result<Json<User>, StatusCode> {
    let user = store::find(&pool, id).await.map_err(failed)?;
    Ok(Json(user))
}

async fn create(
    State(pool): State<Pool>,
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
