//! The project of a typical tutorial on Axum and SQLx: `npm run bench:build` compares its builds
//! with those of generated projects.

pub mod db;
pub mod handlers;
pub mod models;
