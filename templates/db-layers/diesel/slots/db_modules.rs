mod backend;
mod error;
mod migrations;
pub mod schema;
