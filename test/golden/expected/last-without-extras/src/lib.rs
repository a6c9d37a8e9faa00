//! The service: everything but the command line.

pub mod app;
pub mod auth;
pub mod commands;
pub mod config;
pub mod controllers;
pub mod db;
pub mod error;
pub mod input;
pub mod loco_config;
pub mod middleware;
pub mod models;
pub mod readiness;
pub mod server;
pub mod shutdown;
pub mod state;
pub mod telemetry;
