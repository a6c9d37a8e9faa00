//! The database: a connection pool and one module of queries per table.

mod dialect;
mod driver;
mod error;
mod migrations;
mod pool;
mod url;

pub mod users;

use std::time::Duration;

use sqlx::Connection as _;
use tokio::time::timeout;

pub use migrations::{migrate, migrator};
pub use url::Url;

use crate::config::Config;

/// How long the readiness check waits for a response.
const PING_TIMEOUT: Duration = Duration::from_secs(1);

/// A handle to the database; clones are cheap and share the connections.
pub type Db = sqlx::SqlitePool;

/// Opens the pool; fails if the database cannot be reached.
pub async fn connect(config: &Config) -> anyhow::Result<Db> {
    pool::open(config).await
}

/// Returns whether the database responds within a second.
pub async fn is_up(db: &Db) -> bool {
    let answer = async { db.acquire().await?.ping().await };
    matches!(timeout(PING_TIMEOUT, answer).await, Ok(Ok(())))
}

/// Closes the pool after waiting for the connections in use.
pub async fn close(db: Db) {
    db.close().await;
}
