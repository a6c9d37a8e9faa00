use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use sqlx::SqlitePool;
use tower_http::cors::CorsLayer;
use tower_http::trace::TraceLayer;
use uuid::Uuid;
use validator::Validate;

use crate::db;
use crate::models::{NewUser, User};

pub fn router(pool: SqlitePool) -> Router {
    Router::new()
        .route("/health", get(health))
        .route("/users", get(list_users).post(create_user))
        .route("/users/{id}", get(get_user).delete(delete_user))
        .layer(TraceLayer::new_for_http())
        .layer(CorsLayer::permissive())
        .with_state(pool)
}

async fn health() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}

async fn list_users(State(pool): State<SqlitePool>) -> Result<Json<Vec<User>>, AppError> {
    Ok(Json(db::list(&pool).await?))
}

async fn get_user(
    State(pool): State<SqlitePool>,
    Path(id): Path<Uuid>,
) -> Result<Json<User>, AppError> {
    Ok(Json(db::find(&pool, id).await?))
}

async fn create_user(
    State(pool): State<SqlitePool>,
    Json(new): Json<NewUser>,
) -> Result<impl IntoResponse, AppError> {
    new.validate().map_err(|_| AppError::Invalid)?;
    let user = db::insert(&pool, new).await?;
    Ok((StatusCode::CREATED, Json(user)))
}

async fn delete_user(
    State(pool): State<SqlitePool>,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, AppError> {
    match db::delete(&pool, id).await? {
        0 => Err(AppError::NotFound),
        _ => Ok(StatusCode::NO_CONTENT),
    }
}

enum AppError {
    NotFound,
    Invalid,
    Database(sqlx::Error),
}

impl From<sqlx::Error> for AppError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::NotFound,
            error => Self::Database(error),
        }
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let (status, message) = match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "not found"),
            Self::Invalid => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            Self::Database(error) => {
                tracing::error!("{error}");
                (StatusCode::INTERNAL_SERVER_ERROR, "internal error")
            }
        };
        (status, Json(json!({ "error": message }))).into_response()
    }
}
