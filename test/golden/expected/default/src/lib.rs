//! The service: everything except the command line.

pub mod app;
pub mod commands;
pub mod config;
pub mod connections;
pub mod db;
pub mod error;
pub mod media_type;
pub mod middleware;
pub mod models;
pub mod protocol;
pub mod readiness;
pub mod routes;
pub mod server;
pub mod shutdown;
pub mod state;
pub mod telemetry;
pub mod validation;
