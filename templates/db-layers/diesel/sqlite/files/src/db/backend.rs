//! The SQLite-specific parts of this module.

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::str::FromStr;
use std::time::Duration;

use diesel::ConnectionError;
use diesel::ConnectionResult;
use diesel::SqliteConnection;
use diesel::result::DatabaseErrorInformation;
use diesel::result::DatabaseErrorKind;
use diesel_async::AsyncConnection;
use diesel_async::SimpleAsyncConnection;
use diesel_async::pooled_connection::AsyncDieselConnectionManager;
use diesel_async::pooled_connection::ManagerConfig;
use diesel_async::pooled_connection::RecyclingMethod;
use diesel_async::sync_connection_wrapper::SpawnBlocking;
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
// Compiles SQLite into the binary with the feature `bundled`.
use libsqlite3_sys as _;
use tokio::task;
use tokio::time::sleep;

use crate::config::Config;
use crate::db::migrations::run_pending;

/// WAL lets readers continue while one request writes; other writers wait for their turn.
const SETUP: &str = "
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA foreign_keys = ON;
";

const SETUP_RETRIES: u32 = 50;

/// The message of SQLITE_BUSY, always in English; Diesel drops the error code.
const BUSY: &str = "database is locked";

type BoxError = Box<dyn Error + Send + Sync>;

/// Diesel's backend for this database.
pub type Backend = diesel::sqlite::Sqlite;

/// A pooled connection.
pub type Connection = SyncConnectionWrapper<SqliteConnection, Threads>;

/// The location of the database.
pub struct Url(String);

impl FromStr for Url {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // With or without slashes, like SQLx and sea-orm-cli.
        let path = text.strip_prefix("sqlite:").ok_or(())?;
        let path = path.strip_prefix("//").unwrap_or(path);
        if is_file(path) {
            Ok(Self(format!("sqlite://{path}")))
        } else {
            Err(())
        }
    }
}

/// Returns whether the database is a file. An in-memory database would exist only within one
/// connection, so others could not see it.
fn is_file(path: &str) -> bool {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    !path.is_empty() && !path.contains(":memory:") && !query.contains("mode=memory")
}

/// Writes the path only.
impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.trim_start_matches("sqlite://"))
    }
}

/// Returns the manager that opens connections for the pool.
pub fn manager(config: &Config) -> anyhow::Result<AsyncDieselConnectionManager<Connection>> {
    let Url(url) = &config.database.url;
    let mut config = ManagerConfig::default();
    config.custom_setup = Box::new(|url| Box::pin(establish(url)));
    // Unlike a server, a file cannot drop its connections.
    config.recycling_method = RecyclingMethod::Fast;
    Ok(AsyncDieselConnectionManager::new_with_config(url, config))
}

async fn establish(url: &str) -> ConnectionResult<Connection> {
    let mut connection = Connection::establish(url).await?;
    let mut retries = 0..SETUP_RETRIES;
    while let Err(error) = connection.batch_execute(SETUP).await {
        // The busy timeout does not apply while another process switches a new file to WAL.
        if error.to_string() != BUSY || retries.next().is_none() {
            return Err(ConnectionError::CouldntSetupConfiguration(error));
        }
        sleep(Duration::from_millis(20)).await;
    }
    Ok(connection)
}

/// Applies pending migrations in a transaction that locks out other processes.
pub async fn migrate(mut connection: Connection) -> Result<(), BoxError> {
    let migrate = |connection: &mut SqliteConnection| connection.immediate_transaction(run_pending);
    connection
        .spawn_blocking(move |connection| Ok(migrate(connection)))
        .await?
}

type Cause = dyn DatabaseErrorInformation + Send + Sync;

/// Returns the first column in "UNIQUE constraint failed: users.email". For a foreign key, SQLite
/// names no column.
pub fn column<'a>(_: &DatabaseErrorKind, cause: &'a Cause) -> Option<&'a str> {
    let (_, columns) = cause.message().split_once(": ")?;
    let (_table, column) = columns.split(", ").next()?.split_once('.')?;
    Some(column)
}

/// Returns whether a row cannot be deleted because other rows refer to it. Diesel has no error kind
/// for `ON DELETE RESTRICT`.
pub fn is_reference(kind: &DatabaseErrorKind, cause: &Cause) -> bool {
    matches!(kind, DatabaseErrorKind::ForeignKeyViolation)
        || cause.message() == "FOREIGN KEY constraint failed"
}

/// Returns whether another connection holds the lock.
pub fn is_transient(cause: &Cause) -> bool {
    cause.message() == BUSY || cause.message().starts_with("database table is locked")
}

/// Runs blocking code on the blocking thread pool. Diesel's own runtime would wait for an abandoned
/// query, which is an error on a single-threaded runtime.
pub struct Threads;

impl SpawnBlocking for Threads {
    fn spawn_blocking<'a, R: Send + 'static>(
        &mut self,
        task: impl FnOnce() -> R + Send + 'static,
    ) -> Pin<Box<dyn Future<Output = Result<R, BoxError>> + Send + 'a>> {
        let running = task::spawn_blocking(task);
        Box::pin(async { Ok(running.await?) })
    }

    fn get_runtime() -> Self {
        Self
    }
}
