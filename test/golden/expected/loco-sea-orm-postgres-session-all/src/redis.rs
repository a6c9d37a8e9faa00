//! The connection to Redis.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::Context;
use redis::aio::{ConnectionLike, MultiplexedConnection};
use redis::io::tcp::TcpSettings;
use redis::io::tcp::socket2::TcpKeepalive;
use redis::{
    AsyncConnectionConfig, Client, Cmd, Pipeline, RedisError, RedisFuture, RedisResult, Value,
};
use rustls::crypto::ring;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout, timeout_at};
use tracing::{info, warn};

use crate::cache;
use crate::config::Config;

/// How long a command may take, including a retry. After that, Redis is considered unavailable and
/// commands fail immediately until it reconnects, so a request never waits longer than this in
/// total.
const TIMEOUT: Duration = Duration::from_millis(500);

/// Pause between two attempts to connect.
const RETRY_DELAY: Duration = Duration::from_millis(200);

/// A handle to Redis; clones are cheap and share the connection.
#[derive(Clone)]
pub struct Redis(Arc<Shared>);

struct Shared {
    client: Client,
    key_prefix: String,
    cache_ttl: Duration,
    cache_pause: Duration,
    link: watch::Sender<Link>,
    /// Number of connections made so far.
    connections: AtomicU64,
    /// Number of failed writes after which the cache may contain values that are out of date.
    failed_invalidations: AtomicU64,
}

#[derive(Clone)]
enum Link {
    /// The connection and its number.
    Connected(MultiplexedConnection, u64),
    /// Commands wait until the connection is established.
    Connecting,
    /// Commands fail immediately until the connection is restored.
    Down,
}

impl Redis {
    /// Connects in the background, so that the service also starts without Redis.
    pub fn open(config: &Config, request_timeout: Duration) -> anyhow::Result<Self> {
        // Needed for rediss://. Fails if a provider is already installed, which works as well.
        ring::default_provider().install_default().ok();

        let info = config.redis.url.clone().set_tcp_settings(tcp_settings());
        let redis = Self(Arc::new(Shared {
            client: Client::open(info).context("cannot use Redis")?,
            key_prefix: config.redis.key_prefix.clone(),
            cache_ttl: config.cache.ttl.into(),
            cache_pause: cache::pause_for(request_timeout),
            link: watch::Sender::new(Link::Connecting),
            connections: AtomicU64::new(0),
            failed_invalidations: AtomicU64::new(0),
        }));
        tokio::spawn(redis.clone().connect());
        Ok(redis)
    }

    /// Returns the connection to send commands on.
    pub fn connection(&self) -> Self {
        self.clone()
    }

    /// Returns a key with the prefix that separates it from other services on the same server.
    pub fn key(&self, name: &str) -> String {
        format!("{}{name}", self.0.key_prefix)
    }

    /// Returns whether Redis responds.
    pub async fn is_up(&self) -> bool {
        let ping = redis::cmd("PING");
        ping.exec_async(&mut self.connection()).await.is_ok()
    }

    /// Returns how long nothing is cached after a write has begun.
    pub fn cache_pause(&self) -> Duration {
        self.0.cache_pause
    }

    /// Returns whether cached values may be used.
    pub fn is_cache_trusted(&self) -> bool {
        self.0.failed_invalidations.load(Ordering::SeqCst) == 0
    }

    /// Reports that cached values could not be invalidated. This instance does not use the cache
    /// until it has paused it for all instances. Redis may still be available, for example if it is
    /// out of memory and rejects only writes.
    pub fn distrust_cache(&self, cause: &RedisError) {
        if self.0.failed_invalidations.fetch_add(1, Ordering::SeqCst) == 0 {
            warn!(%cause, "the cache is disabled until Redis accepts writes");
            tokio::spawn(self.clone().restore_cache());
        }
    }

    async fn restore_cache(self) {
        let failures = &self.0.failed_invalidations;
        loop {
            let before = failures.load(Ordering::SeqCst);
            let is_paused = cache::pause(&self).await.is_ok();
            let is_restored = is_paused
                && failures
                    .compare_exchange(before, 0, Ordering::SeqCst, Ordering::SeqCst)
                    .is_ok();
            if is_restored {
                return;
            }
            sleep(RETRY_DELAY).await;
        }
    }

    /// Sends a command and retries once if the connection was closed, for example by a restart of
    /// Redis. The command may then run twice, so every command must be safe to repeat.
    async fn send<'a, T>(
        &self,
        command: impl Fn(MultiplexedConnection) -> RedisFuture<'a, T>,
    ) -> RedisResult<T> {
        let deadline = Instant::now() + TIMEOUT;

        let (connection, number) = self.link(deadline).await?;
        match timeout_at(deadline, command(connection)).await {
            Ok(Err(error)) if is_lost(&error) => {
                self.reconnect(number, Link::Connecting);
            }
            Ok(result) => return result,
            Err(elapsed) => {
                if self.reconnect(number, Link::Down) {
                    warn!(cause = "it does not respond", "Redis is unavailable");
                }
                return Err(io::Error::from(elapsed).into());
            }
        }

        let (connection, _) = self.link(deadline).await?;
        timeout_at(deadline, command(connection))
            .await
            .map_err(io::Error::from)?
    }

    /// Returns the current connection and its number.
    async fn link(&self, deadline: Instant) -> RedisResult<(MultiplexedConnection, u64)> {
        let mut links = self.0.link.subscribe();
        let settled = links.wait_for(|link| !matches!(link, Link::Connecting));
        let link = timeout_at(deadline, settled)
            .await
            .map_err(io::Error::from)?;
        match link.as_deref() {
            Ok(Link::Connected(connection, number)) => Ok((connection.clone(), *number)),
            _ => Err(io::Error::from(io::ErrorKind::NotConnected).into()),
        }
    }

    /// Drops the connection if its number matches, and reconnects in the background; returns
    /// whether it did.
    fn reconnect(&self, number: u64, meanwhile: Link) -> bool {
        let is_given_up = self.0.link.send_if_modified(|link| match link {
            Link::Connected(_, current) if *current == number => {
                *link = meanwhile;
                true
            }
            _ => false,
        });
        if is_given_up {
            tokio::spawn(self.clone().connect());
        }
        is_given_up
    }

    /// Connects, retrying until it succeeds.
    async fn connect(self) {
        let connection = loop {
            match timeout(TIMEOUT, self.try_connect()).await {
                Ok(Ok(connection)) => break connection,
                Ok(Err(error)) => self.report_away(&error.to_string()),
                Err(_) => self.report_away("it does not respond"),
            }
            sleep(RETRY_DELAY).await;
        };

        let number = self.0.connections.fetch_add(1, Ordering::SeqCst) + 1;
        let link = Link::Connected(connection, number);
        if matches!(self.0.link.send_replace(link), Link::Down) {
            info!("Redis is available again");
        }
    }

    fn report_away(&self, cause: &str) {
        let before = self.0.link.send_replace(Link::Down);
        if matches!(before, Link::Connecting) {
            warn!(cause, "Redis is unavailable");
        }
    }

    async fn try_connect(&self) -> RedisResult<MultiplexedConnection> {
        // `send` and `connect` set the deadlines.
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(None)
            .set_response_timeout(None);
        let client = &self.0.client;
        let mut connection = client
            .get_multiplexed_async_connection_with_config(&config)
            .await?;

        // Fails while Redis is still loading its data.
        redis::cmd("PING").exec_async(&mut connection).await?;

        let key = self.key(cache::GENERATION);
        match cache::start(&mut connection, &key, self.0.cache_ttl).await {
            Err(error) if is_lost(&error) => return Err(error),
            // Redis rejects writes, but reads work.
            Err(error) => self.distrust_cache(&error),
            Ok(()) => {}
        }
        Ok(connection)
    }
}

/// Returns whether the connection can no longer be used.
fn is_lost(error: &RedisError) -> bool {
    error.is_io_error() || error.is_unrecoverable_error()
}

/// Makes the kernel detect a peer that disappeared without closing the connection. By default, that
/// takes 15 minutes while data is being sent, and hours on an idle connection.
fn tcp_settings() -> TcpSettings {
    let keepalive = TcpKeepalive::new()
        .with_time(Duration::from_secs(10))
        .with_interval(Duration::from_secs(5));
    let settings = TcpSettings::default()
        .set_nodelay(true)
        .set_keepalive(keepalive);
    #[cfg(target_os = "linux")]
    let settings = settings.set_user_timeout(Duration::from_secs(10));
    settings
}

impl ConnectionLike for Redis {
    fn req_packed_command<'a>(&'a mut self, command: &'a Cmd) -> RedisFuture<'a, Value> {
        Box::pin(self.send(move |mut connection| {
            Box::pin(async move { connection.req_packed_command(command).await })
        }))
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        pipeline: &'a Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        Box::pin(self.send(move |mut connection| {
            Box::pin(async move {
                connection
                    .req_packed_commands(pipeline, offset, count)
                    .await
            })
        }))
    }

    fn get_db(&self) -> i64 {
        self.0.client.get_connection_info().redis_settings().db()
    }
}
