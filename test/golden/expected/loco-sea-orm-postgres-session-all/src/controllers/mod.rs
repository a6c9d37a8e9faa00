//! Controllers: one module per resource.

pub mod auth;
pub mod caller;
pub mod client;
pub mod error;
pub mod extract;
pub mod health;
pub mod metrics;
pub mod openapi;
pub mod users;
