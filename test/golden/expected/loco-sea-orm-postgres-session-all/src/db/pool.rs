//! The pool of connections.

use std::io;
use std::time::Duration;

use anyhow::Context;
use sqlx::ConnectOptions as _;
use sqlx::Connection as _;
use sqlx::PgPool;
use sqlx::pool::PoolOptions;
use tokio::time::timeout;

use crate::config::Config;

/// How long a request waits for a connection before it gives up.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);

/// Connects once, to find out whether the database is there; the pool opens its connections as they are needed.
pub(super) async fn open(config: &Config) -> anyhow::Result<PgPool> {
    let url = &config.database.url;
    let options = url.0.clone();
    let statement_timeout: Duration = config.timeout.request.into();
    let options = options
        // The database stops a query whose request was given up.
        .options([("statement_timeout", statement_timeout.as_millis())])
        // Every `CREATE TABLE IF NOT EXISTS` of the migrations would log a notice.
        .options([("client_min_messages", "warning")]);

    // The pool itself would retry until its time is up, and then not say what is wrong.
    let first = timeout(ACQUIRE_TIMEOUT, options.connect())
        .await
        .unwrap_or_else(|_| Err(io::Error::from(io::ErrorKind::TimedOut).into()))
        .with_context(|| format!("cannot connect to the database at {url}"))?;
    first.close().await?;

    let pool = PoolOptions::new()
        .max_connections(config.database.max_connections.into())
        .acquire_timeout(ACQUIRE_TIMEOUT);
    Ok(pool.connect_lazy_with(options))
}
