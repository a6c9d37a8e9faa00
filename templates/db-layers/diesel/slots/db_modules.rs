mod backend;
mod error;
mod migrations;
mod schema;
