//! Controllers: one module per resource.

pub mod auth;
pub mod client;
pub mod error;
pub mod extract;
pub mod health;
pub mod openapi;
pub mod signed_in;
pub mod users;
