//! The service from outside, over HTTP. Each test has an instance and a database of its own.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed"
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
