//! Limits how many connections are open, and how long clients may take in each phase.
//!
//! HTTP libraries enforce deadlines for some phases only, and each for different ones. So a
//! [`Stream`] between the library and the socket records what is received and sent, each request
//! records when it starts and ends, and a connection whose client takes too long is closed.

mod accept;
mod body;
mod connection;
mod limit;
mod serve;
mod stream;

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::time::Duration;
use std::time::Instant;

use tokio::net::TcpStream;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tracing::debug;

use crate::config::ServerConfig;
use connection::Limits;

pub use connection::Connection;
pub use stream::Stream;

/// How many connections may exceed the limit while others are being closed to make room.
const SPARE: usize = 16;

/// How often deadlines are checked.
const TICK: Duration = Duration::from_millis(500);

/// All open connections.
#[derive(Clone)]
pub struct Connections {
    limit: usize,
    limits: Limits,
    open: Arc<Mutex<HashMap<Ends, Connection>>>,
}

/// The local and remote addresses, which together identify a connection.
type Ends = (SocketAddr, SocketAddr);

impl Connections {
    pub fn new(config: &ServerConfig) -> Self {
        Self {
            limit: limit::lower(config.max_connections.get()),
            limits: Limits::new(config),
            open: Arc::default(),
        }
    }

    /// Returns how many connections may be open at most: slightly more than the limit, since
    /// closing one takes a moment.
    pub fn most(&self) -> usize {
        self.limit + SPARE
    }

    /// Registers an accepted connection. Over the limit, closes one that is waiting for a request.
    pub fn admit(&self, socket: TcpStream) -> io::Result<Stream> {
        // Responses are written in one piece, so Nagle's algorithm would only add latency.
        if let Err(error) = socket.set_nodelay(true) {
            debug!(%error, "cannot set TCP_NODELAY");
        }
        let connection = Connection::new(socket.local_addr()?, socket.peer_addr()?);

        self.lock().insert(ends(&connection), connection.clone());
        self.make_room();
        Ok(Stream::new(socket, connection, self.clone()))
    }

    /// Closes connections that exceed their deadlines and, after `stop`, idle ones. Never returns.
    pub async fn close_overdue(&self, stop: &CancellationToken) {
        loop {
            let limits = self.limits.until(stop);
            let now = Instant::now();
            for connection in self.lock().values() {
                if connection.is_overdue(now, &limits) {
                    connection.close();
                }
            }
            sleep(TICK).await;
        }
    }

    /// If over the limit, closes the connection that has waited longest for a request, with
    /// half-sent requests before idle connections.
    fn make_room(&self) {
        let open = self.lock();
        if open.len() <= self.limit {
            return;
        }
        let open: Vec<_> = open.values().filter(|it| !it.is_closing()).collect();
        if open.len() <= self.limit {
            return;
        }
        let waiting = open.iter().filter_map(|it| Some((it.waiting()?, it)));
        if let Some((_, connection)) = waiting.min_by_key(|(waiting, _)| *waiting) {
            connection.close();
        }
    }

    fn remove(&self, connection: &Connection) {
        self.lock().remove(&ends(connection));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Ends, Connection>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn ends(connection: &Connection) -> Ends {
    (connection.local(), connection.peer())
}
