//! What is special to PostgreSQL.

use std::error::Error;
use std::str::FromStr;
use std::sync::Arc;

use diesel::ConnectionError;
use diesel::ConnectionResult;
use diesel_async::AsyncPgConnection;
use diesel_async::SimpleAsyncConnection;
use diesel_async::async_connection_wrapper::AsyncConnectionWrapper;
use diesel_async::pooled_connection::AsyncDieselConnectionManager;
use diesel_async::pooled_connection::ManagerConfig;
use diesel_migrations::MigrationHarness;
use rustls::ClientConfig;
use rustls::RootCertStore;
use rustls::crypto::ring;
use rustls_native_certs::load_native_certs;
use tokio::task::spawn_blocking;
use tokio_postgres::Config;
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::db::MIGRATIONS;

/// A connection of the pool.
pub type Connection = AsyncPgConnection;

/// Where the database is and how to sign in to it.
pub struct Url(Config);

impl FromStr for Url {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once("://") {
            Some(("postgres" | "postgresql", _)) => text.parse().map(Self).map_err(drop),
            _ => Err(()),
        }
    }
}

/// Opens connections for the pool.
pub fn manager(Url(options): &Url) -> anyhow::Result<AsyncDieselConnectionManager<Connection>> {
    let options = options.clone();
    let tls = tls()?;

    let mut config = ManagerConfig::default();
    config.custom_setup = Box::new(move |_| Box::pin(establish(options.clone(), tls.clone())));
    Ok(AsyncDieselConnectionManager::new_with_config("", config))
}

async fn establish(options: Config, tls: MakeRustlsConnect) -> ConnectionResult<Connection> {
    let (client, connection) = options.connect(tls).await.map_err(|error| {
        ConnectionError::BadConnection(format!("{:#}", anyhow::Error::from(error)))
    })?;
    AsyncPgConnection::try_from_client_and_connection(client, connection).await
}

/// TLS that trusts whom the system trusts.
fn tls() -> anyhow::Result<MakeRustlsConnect> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(load_native_certs().certs);

    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

/// Applies the migrations that are missing, behind a lock that goes away with the connection.
pub async fn migrate(mut connection: Connection) -> Result<(), Box<dyn Error + Send + Sync>> {
    connection
        .batch_execute("SELECT pg_advisory_lock(hashtext('migrations'))")
        .await?;
    spawn_blocking(move || {
        let mut connection = AsyncConnectionWrapper::<Connection>::from(connection);
        connection.run_pending_migrations(MIGRATIONS)?;
        Ok(())
    })
    .await?
}

/// Whether the message says that the server starts or stops: later the request may succeed.
pub fn is_outage(message: &str) -> bool {
    let outages = ["terminating connection", "the database system is"];
    outages.iter().any(|outage| message.starts_with(outage))
}
