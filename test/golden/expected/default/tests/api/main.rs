//! The service from outside, over HTTP. Each test has an instance and a database of its own.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed"
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
