//! The service on Actix Web alone, as in its examples.

use std::error::Error;

use actix_web::error::{ErrorUnprocessableEntity, InternalError};
use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Json, Path, Query};
use actix_web::{App, HttpResponse, HttpServer, get, post};
use store::{HEALTH, Health, Listing, NewUser, Page, Pool, User};
use uuid::Uuid;
use validator::Validate;

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let pool = Data::new(store::connect().await?);
    let app = move || {
        App::new()
            .app_data(pool.clone())
            .service(health)
            .service(list)
            .service(create)
            .service(show)
    };
    HttpServer::new(app).bind(store::address())?.run().await?;
    Ok(())
}

#[get("/health")]
async fn health() -> Json<Health> {
    Json(HEALTH)
}

#[get("/api/v1/users")]
async fn list(pool: Data<Pool>, page: Query<Page>) -> actix_web::Result<Json<Listing>> {
    let listing = store::list(&pool, page.into_inner())
        .await
        .map_err(failed)?;
    Ok(Json(listing))
}

#[get("/api/v1/users/{id}")]
async fn show(pool: Data<Pool>, id: Path<Uuid>) -> actix_web::Result<Json<User>> {
    let user = store::find(&pool, *id).await.map_err(failed)?;
    Ok(Json(user))
}

#[post("/api/v1/users")]
async fn create(pool: Data<Pool>, new: Json<NewUser>) -> actix_web::Result<HttpResponse> {
    new.validate().map_err(ErrorUnprocessableEntity)?;
    let user = store::insert(&pool, new.into_inner())
        .await
        .map_err(failed)?;
    let location = (LOCATION, format!("/api/v1/users/{}", user.id));
    Ok(HttpResponse::Created().insert_header(location).json(user))
}

fn failed(error: store::Error) -> InternalError<store::Error> {
    let status = StatusCode::from_u16(store::status_of(&error));
    InternalError::new(error, status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
}
