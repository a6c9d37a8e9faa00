//! What is special to MySQL.

use std::error::Error;
use std::str::FromStr;

use diesel::ConnectionError;
use diesel::ConnectionResult;
use diesel_async::AsyncMysqlConnection;
use diesel_async::SimpleAsyncConnection;
use diesel_async::async_connection_wrapper::AsyncConnectionWrapper;
use diesel_async::pooled_connection::AsyncDieselConnectionManager;
use diesel_async::pooled_connection::ManagerConfig;
use diesel_migrations::MigrationHarness;
use mysql_async::Conn;
use mysql_async::Opts;
use mysql_async::OptsBuilder;
use tokio::task::spawn_blocking;

use crate::db::MIGRATIONS;

/// A connection of the pool.
pub type Connection = AsyncMysqlConnection;

/// Where the database is and how to sign in to it.
pub struct Url(Opts);

impl FromStr for Url {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(drop)
    }
}

/// Opens connections for the pool.
pub fn manager(Url(options): &Url) -> anyhow::Result<AsyncDieselConnectionManager<Connection>> {
    // As Diesel itself sets it up: an update counts the rows that it finds, and Diesel keeps the statements.
    let options = OptsBuilder::from_opts(options.clone())
        .client_found_rows(true)
        .stmt_cache_size(0);
    let options = Opts::from(options);

    let mut config = ManagerConfig::default();
    config.custom_setup = Box::new(move |_| Box::pin(establish(options.clone())));
    Ok(AsyncDieselConnectionManager::new_with_config("", config))
}

async fn establish(options: Opts) -> ConnectionResult<Connection> {
    let connection = Conn::new(options)
        .await
        .map_err(|error| ConnectionError::BadConnection(error.to_string()))?;
    AsyncMysqlConnection::try_from(connection).await
}

/// Applies the migrations that are missing, behind a lock that goes away with the connection.
pub async fn migrate(mut connection: Connection) -> Result<(), Box<dyn Error + Send + Sync>> {
    // A day: MariaDB takes a negative timeout for no time at all.
    connection
        .batch_execute("DO GET_LOCK(MD5(DATABASE()), 86400)")
        .await?;
    spawn_blocking(move || {
        let mut connection = AsyncConnectionWrapper::<Connection>::from(connection);
        connection.run_pending_migrations(MIGRATIONS)?;
        Ok(())
    })
    .await?
}

/// Whether the message says that the connection broke: later the request may succeed.
pub fn is_outage(message: &str) -> bool {
    let outages = [
        "Connection was killed",
        "Driver error: `Connection to the server is closed",
        "Input/output error",
        "Server shutdown in progress",
    ];
    outages.iter().any(|outage| message.starts_with(outage))
}
