//! The connection pool of the database that the features choose.

use std::env;

#[cfg(feature = "postgres")]
pub type Pool = sqlx::PgPool;
#[cfg(not(feature = "postgres"))]
pub type Pool = sqlx::SqlitePool;

/// Opens a pool for the database at `DATABASE_URL`. Its size is `DATABASE_MAX_CONNECTIONS`, 10 by
/// default, as in the generated services.
pub async fn connect() -> Result<Pool, sqlx::Error> {
    let url = env::var("DATABASE_URL").map_err(sqlx::Error::config)?;
    let size = env::var("DATABASE_MAX_CONNECTIONS").ok();
    let size = size.and_then(|size| size.parse().ok()).unwrap_or(10);
    open(&url, size).await
}

#[cfg(feature = "postgres")]
async fn open(url: &str, size: u32) -> Result<Pool, sqlx::Error> {
    let pool = sqlx::postgres::PgPoolOptions::new().max_connections(size);
    pool.connect(url).await
}

#[cfg(not(feature = "postgres"))]
async fn open(url: &str, size: u32) -> Result<Pool, sqlx::Error> {
    use sqlx::sqlite::{
        SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
    };

    let options: SqliteConnectOptions = url.parse()?;
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal);
    let pool = SqlitePoolOptions::new().max_connections(size);
    pool.connect_with(options).await
}
