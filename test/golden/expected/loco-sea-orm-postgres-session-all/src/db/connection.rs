//! Opens, checks and closes the connection pool.

use std::time::Duration;

use sea_orm::DatabaseConnection;
use tokio::time::timeout;

use super::pool;
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
