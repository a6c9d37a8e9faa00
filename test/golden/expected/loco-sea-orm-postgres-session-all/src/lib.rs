//! The service: everything except the command line.

pub mod app;
pub mod auth;
pub mod cache;
pub mod client;
pub mod commands;
pub mod config;
pub mod connections;
pub mod controllers;
pub mod db;
pub mod error;
pub mod loco_config;
pub mod media_type;
pub mod metrics;
pub mod middleware;
pub mod models;
pub mod protocol;
pub mod rate_limit;
pub mod readiness;
pub mod redis;
pub mod server;
pub mod shutdown;
pub mod state;
pub mod telemetry;
pub mod traces;
pub mod validation;
