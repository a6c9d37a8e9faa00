//! Tests of the running service over HTTP. Each test has its own instance and database.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a panic fails the test"
)]

mod accounts;
mod attempts;
mod auth;
mod body_limit;
mod caller;
mod compression;
mod constraints;
mod cors;
mod database;
mod description;
mod errors;
mod health;
mod metrics;
mod migrations;
mod openapi;
mod opentelemetry;
mod rate_limit;
mod redis;
mod releases;
mod request_id;
mod security_headers;
mod session_store;
mod sessions;
mod shutdown;
mod support;
mod timeout;
mod users;
