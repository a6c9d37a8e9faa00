//! The database: a pool of connections, and one module of queries per table.

pub mod entity;
mod error;
mod migrate;
mod migration;
mod url;

pub mod credentials;
pub mod users;

use std::time::Duration;

use sea_orm::DatabaseConnection;
use sqlx::pool::PoolOptions;
use tokio::time::timeout;

pub use migrate::migrate;
pub use migration::Migrator;
pub use url::Url;

use crate::config::DatabaseConfig;

/// How long a request waits for a connection before it gives up.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);

/// How long readiness waits for an answer.
const PING_TIMEOUT: Duration = Duration::from_secs(1);

/// A handle on the database; a clone is cheap and shares the connections.
pub type Db = DatabaseConnection;

/// Opens one connection at once, to know that the database is there, and the others when they are needed.
pub async fn connect(config: &DatabaseConfig) -> sqlx::Result<Db> {
    let options = config.url.0.clone();

    // Not `Database::connect`: it traces the URL, the password included.
    let pool: sqlx::PgPool = PoolOptions::new()
        .max_connections(config.max_connections.into())
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_with(options)
        .await?;
    Ok(pool.into())
}

/// Whether the database answers within a second.
pub async fn is_up(db: &Db) -> bool {
    matches!(timeout(PING_TIMEOUT, db.ping()).await, Ok(Ok(())))
}

/// Waits for the connections in use, then closes all.
pub async fn close(db: Db) {
    // Closing a pool cannot fail.
    db.close().await.ok();
}
