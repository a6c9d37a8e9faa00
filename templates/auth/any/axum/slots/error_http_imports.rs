use axum::http::HeaderValue;
use axum::http::header::WWW_AUTHENTICATE;
