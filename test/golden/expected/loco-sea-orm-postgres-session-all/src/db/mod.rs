//! The database: a connection pool and one module of queries per table.

mod dialect;
mod driver;
pub mod entity;
mod error;
mod migrate;
mod migration;
mod pending;
mod pool;
mod url;

pub mod credentials;
pub mod users;

use std::time::Duration;

use sea_orm::DatabaseConnection;
use tokio::time::timeout;

pub use migrate::migrate;
pub use migration::Migrator;
pub use url::Url;

use crate::config::Config;

/// How long the readiness check waits for a response.
const PING_TIMEOUT: Duration = Duration::from_secs(1);

/// A handle to the database; clones are cheap and share the connections.
pub type Db = DatabaseConnection;

/// Opens the pool; fails if the database cannot be reached.
pub async fn connect(config: &Config) -> anyhow::Result<Db> {
    // Not `Database::connect`: it would trace the URL, including the password.
    Ok(pool::open(config).await?.into())
}

/// Returns whether the database responds within a second.
pub async fn is_up(db: &Db) -> bool {
    matches!(timeout(PING_TIMEOUT, db.ping()).await, Ok(Ok(())))
}

/// Closes the pool after waiting for the connections in use.
pub async fn close(db: Db) {
    // Closing a pool cannot fail.
    db.close().await.ok();
}
