//! The database: a connection pool, and the tables by name. Their entities and queries are in
//! `src/models/`, the migrations in `migration/`.

mod connection;
mod dialect;
mod driver;
pub(crate) mod error;
mod migrate;
mod pending;
mod pool;
mod url;

pub mod credentials;

pub use connection::{Db, close, connect, is_up};
pub use migrate::migrate;
pub use migration::Migrator;
pub use url::Url;

pub use crate::models::{_entities as entity, users};
