//! The connection pool.

use std::io;
use std::time::Duration;

use anyhow::Context;
use sqlx::pool::PoolOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqlitePool};
use tokio::time::timeout;

use crate::config::Config;

/// How long a request waits for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);

/// Connects once to check that the database is available, then returns a pool that opens its
/// connections on demand.
pub(super) async fn open(config: &Config) -> anyhow::Result<SqlitePool> {
    let url = &config.database.url;
    let options = url.0.clone();
    // WAL lets readers continue while one request writes; other writers wait for their turn.
    let options = options
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
        .synchronous(sqlx::sqlite::SqliteSynchronous::Normal)
        .busy_timeout(Duration::from_secs(5));

    // The pool would retry until it times out, and its error would not include the cause.
    let first = timeout(ACQUIRE_TIMEOUT, options.connect())
        .await
        .unwrap_or_else(|_| Err(io::Error::from(io::ErrorKind::TimedOut).into()))
        .with_context(|| format!("cannot connect to the database at {url}"))?;
    first.close().await?;

    let pool = PoolOptions::new()
        .max_connections(config.database.max_connections.get().into())
        .acquire_timeout(ACQUIRE_TIMEOUT);
    // Unlike a server, a file cannot drop its connections.
    let pool = pool.test_before_acquire(false);
    Ok(pool.connect_lazy_with(options))
}
