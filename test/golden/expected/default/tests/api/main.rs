//! Tests of the running service over HTTP. Each test has its own instance and database.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a panic fails the test"
)]

mod accounts;
mod body_limit;
mod compression;
mod constraints;
mod cors;
mod database;
mod errors;
mod health;
mod migrations;
mod releases;
mod request_id;
mod security_headers;
mod shutdown;
mod support;
mod timeout;
mod users;
