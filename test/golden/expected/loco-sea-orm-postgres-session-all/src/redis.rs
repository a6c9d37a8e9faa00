//! The connection to Redis.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use redis::Client;
use redis::aio::ConnectionManager;
use redis::aio::ConnectionManagerConfig;
use rustls::crypto::ring;

use crate::config::RedisConfig;

/// How long to wait for a connection, and for an answer: a request waits for both.
const PATIENCE: Duration = Duration::from_millis(500);

/// A handle on Redis; a clone is cheap and shares the connection.
#[derive(Clone)]
pub struct Redis {
    connection: ConnectionManager,
    key_prefix: Arc<str>,
}

impl Redis {
    /// Connects at the first command and after each loss, so that the service starts without Redis, too.
    pub fn open(config: &RedisConfig) -> anyhow::Result<Self> {
        // For rediss://. It fails where one is installed already, which then serves.
        ring::default_provider().install_default().ok();

        let options = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE))
            // The next command tries again.
            .set_number_of_retries(0);
        let connection = Client::open(config.url.clone())
            .and_then(|client| ConnectionManager::new_lazy_with_config(client, options))
            .context("cannot use Redis")?;

        Ok(Self {
            connection,
            key_prefix: config.key_prefix.as_str().into(),
        })
    }

    /// What commands are sent on.
    pub fn connection(&self) -> ConnectionManager {
        self.connection.clone()
    }

    /// The key of that name, apart from those of other services on the same server.
    pub fn key(&self, name: &str) -> String {
        format!("{}{name}", self.key_prefix)
    }

    /// Whether it answers within a second: half of it to connect, half to answer.
    pub async fn is_up(&self) -> bool {
        let ping = redis::cmd("PING");
        ping.exec_async(&mut self.connection()).await.is_ok()
    }
}
