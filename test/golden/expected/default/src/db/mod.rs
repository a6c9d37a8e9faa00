//! The database: a pool of connections, and one module of queries per table.

mod error;
mod url;

pub mod users;

use std::time::Duration;

use sqlx::ConnectOptions as _;
use sqlx::Connection as _;
use sqlx::migrate::MigrateError;
use sqlx::migrate::Migrator;
use sqlx::pool::PoolOptions;
use tokio::time::timeout;

pub use url::Url;

use crate::config::DatabaseConfig;

/// How long a request waits for a connection before it gives up.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);

/// How long readiness waits for an answer.
const PING_TIMEOUT: Duration = Duration::from_secs(1);

/// Every migration there is, part of the program.
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// A handle on the database; a clone is cheap and shares the connections.
pub type Db = sqlx::SqlitePool;

/// Knows that the database is there when it returns; opens connections when they are needed.
pub async fn connect(config: &DatabaseConfig) -> sqlx::Result<Db> {
    let options = config.url.0.clone();
    // WAL lets reads go on while one request writes; the others wait for their turn.
    let options = options
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
        .synchronous(sqlx::sqlite::SqliteSynchronous::Normal)
        .busy_timeout(Duration::from_secs(5));

    // The pool would try again until its time is up, and then not say what was wrong.
    let first = timeout(ACQUIRE_TIMEOUT, options.connect());
    let first = first.await.map_err(|_| sqlx::Error::PoolTimedOut)??;
    first.close().await?;

    let pool = PoolOptions::new()
        .max_connections(config.max_connections.into())
        .acquire_timeout(ACQUIRE_TIMEOUT);
    Ok(pool.connect_lazy_with(options))
}

/// Applies the migrations that are missing; several processes may do so at once.
pub async fn migrate(db: &Db) -> Result<(), MigrateError> {
    // SQLx takes no lock of its own on SQLite.
    let mut transaction = db.begin_with("BEGIN IMMEDIATE").await?;
    MIGRATOR.run(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(())
}

/// Whether the database answers within a second.
pub async fn is_up(db: &Db) -> bool {
    let answer = async { db.acquire().await?.ping().await };
    matches!(timeout(PING_TIMEOUT, answer).await, Ok(Ok(())))
}

/// Waits for the connections in use, then closes all.
pub async fn close(db: Db) {
    db.close().await;
}
