//! Connections: how many may be open, and how long a client may take in each phase of one.
//!
//! HTTP libraries put a deadline on some phases only, and not on the same ones. So a [`Stream`] sits between the library
//! and the socket. It notes what is received and sent, each request notes when it begins and ends, and a connection
//! whose client takes too long is closed.

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

/// How many connections may be open over the limit, each of which closes another.
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

/// The local and the remote address; together they name one connection.
type Ends = (SocketAddr, SocketAddr);

impl Connections {
    pub fn new(config: &ServerConfig) -> Self {
        Self {
            limit: limit::lower(config.max_connections.get()),
            limits: Limits::new(config),
            open: Arc::default(),
        }
    }

    /// How many may be open until one has been closed: some more than the limit, as closing takes a moment.
    pub fn most(&self) -> usize {
        self.limit + SPARE
    }

    /// Registers an accepted connection. One too many closes another, which is waiting for a request.
    pub fn admit(&self, socket: TcpStream) -> io::Result<Stream> {
        // Responses are written whole, so waiting for more to send (Nagle) only costs time.
        if let Err(error) = socket.set_nodelay(true) {
            debug!(%error, "cannot set TCP_NODELAY");
        }
        let connection = Connection::new(socket.local_addr()?, socket.peer_addr()?);

        self.lock().insert(ends(&connection), connection.clone());
        self.make_room();
        Ok(Stream::new(socket, connection, self.clone()))
    }

    /// Closes connections as their deadlines pass, and after `stop` the idle ones as well. Never returns.
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

    /// Over the limit, closes the connection that has waited longest for a request: half-sent requests first, then
    /// idle connections.
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
