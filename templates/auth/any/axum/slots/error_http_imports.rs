use axum::http::HeaderValue;
use axum::http::header::RETRY_AFTER;
use axum::http::header::WWW_AUTHENTICATE;
