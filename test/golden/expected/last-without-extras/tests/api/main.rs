//! The service from outside, over HTTP. Each test has an instance and a database of its own.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that cannot go on has failed"
)]

mod accounts;
mod auth;
mod caller;
mod database;
mod errors;
mod health;
mod sessions;
mod shutdown;
mod support;
mod users;
