use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::Response;
