//! The connection pool.

use std::io;
use std::time::Duration;

use anyhow::Context;
use sqlx::pool::PoolOptions;
use sqlx::{ConnectOptions as _, Connection as _, PgPool};
use tokio::time::timeout;

use crate::config::Config;

/// How long a request waits for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);

/// Connects once to check that the database is available, then returns a pool that opens its
/// connections on demand.
pub(super) async fn open(config: &Config) -> anyhow::Result<PgPool> {
    let url = &config.database.url;
    let options = url.0.clone();
    let statement_timeout: Duration = config.timeout.request.into();
    let options = options
        // Stops queries whose request has already timed out.
        .options([("statement_timeout", statement_timeout.as_millis())])
        // Otherwise every `CREATE TABLE IF NOT EXISTS` in a migration would log a notice.
        .options([("client_min_messages", "warning")]);

    // The pool would retry until it times out, and its error would not include the cause.
    let first = timeout(ACQUIRE_TIMEOUT, options.connect())
        .await
        .unwrap_or_else(|_| Err(io::Error::from(io::ErrorKind::TimedOut).into()))
        .with_context(|| format!("cannot connect to the database at {url}"))?;
    first.close().await?;

    let pool = PoolOptions::new()
        .max_connections(config.database.max_connections.get().into())
        .acquire_timeout(ACQUIRE_TIMEOUT);
    // Returning a connection to the pool tests it, so a busy one need not be tested again. If the server
    // closes it within that second, one request fails with 503.
    let pool = pool.test_before_acquire(false).before_acquire(
        |connection: &mut sqlx::PgConnection, metadata| {
            Box::pin(async move {
                let is_fresh = metadata.idle_for < Duration::from_secs(1);
                Ok(is_fresh || connection.ping().await.is_ok())
            })
        },
    );
    Ok(pool.connect_lazy_with(options))
}
