//! What is special to SQLite.

use std::error::Error;
use std::pin::Pin;
use std::str::FromStr;
use std::time::Duration;

use diesel::ConnectionError;
use diesel::ConnectionResult;
use diesel::SqliteConnection;
use diesel_async::AsyncConnection;
use diesel_async::SimpleAsyncConnection;
use diesel_async::pooled_connection::AsyncDieselConnectionManager;
use diesel_async::pooled_connection::ManagerConfig;
use diesel_async::pooled_connection::RecyclingMethod;
use diesel_async::sync_connection_wrapper::SpawnBlocking;
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use diesel_migrations::MigrationHarness;
// SQLite itself, compiled in: its feature `bundled` is all that is needed of it.
use libsqlite3_sys as _;
use tokio::task;
use tokio::time::sleep;

use crate::db::MIGRATIONS;

/// WAL lets reads go on while one request writes; the others wait for their turn.
const SETUP: &str = "
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA foreign_keys = ON;
";

const SETUP_RETRIES: u32 = 50;

type BoxError = Box<dyn Error + Send + Sync>;

/// A connection of the pool.
pub type Connection = SyncConnectionWrapper<SqliteConnection, Threads>;

/// Where the database is.
pub struct Url(String);

impl FromStr for Url {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // As SQLx and sea-orm-cli write it too: with or without the slashes.
        let path = text.strip_prefix("sqlite:").ok_or(())?;
        match path.strip_prefix("//").unwrap_or(path) {
            "" => Err(()),
            path => Ok(Self(format!("sqlite://{path}"))),
        }
    }
}

/// Opens connections for the pool.
pub fn manager(Url(url): &Url) -> anyhow::Result<AsyncDieselConnectionManager<Connection>> {
    let mut config = ManagerConfig::default();
    config.custom_setup = Box::new(|url| Box::pin(establish(url)));
    // A file does not go away as a server does.
    config.recycling_method = RecyclingMethod::Fast;
    Ok(AsyncDieselConnectionManager::new_with_config(url, config))
}

async fn establish(url: &str) -> ConnectionResult<Connection> {
    let mut connection = Connection::establish(url).await?;
    let mut retries = 0..SETUP_RETRIES;
    while let Err(error) = connection.batch_execute(SETUP).await {
        // The busy timeout does not cover the change of a new file to WAL, which another process may be at.
        if !is_outage(&error.to_string()) || retries.next().is_none() {
            return Err(ConnectionError::CouldntSetupConfiguration(error));
        }
        sleep(Duration::from_millis(20)).await;
    }
    Ok(connection)
}

/// Applies the migrations that are missing, in a transaction that keeps other processes out.
pub async fn migrate(mut connection: Connection) -> Result<(), BoxError> {
    let migrate = |connection: &mut SqliteConnection| {
        connection.immediate_transaction(|connection| {
            connection.run_pending_migrations(MIGRATIONS)?;
            Ok(())
        })
    };
    connection
        .spawn_blocking(move |connection| Ok(migrate(connection)))
        .await?
}

/// Whether the message says that the database is busy: later the request may succeed.
pub fn is_outage(message: &str) -> bool {
    message == "database is locked"
}

/// Runs what blocks on threads for that. Diesel's own runtime would wait for an abandoned query, which is an error
/// on a runtime of one thread.
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
