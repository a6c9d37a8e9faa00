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
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::net::TcpStream;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tracing::debug;

use crate::config::{Config, ServerConfig};
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
    /// Allows MAX_CONNECTIONS, or fewer if the process may not open that many files.
    pub fn new(config: &Config) -> Self {
        let other_files = SPARE as u64;
        let other_files = other_files + u64::from(config.database.max_connections.get());
        let limit = limit::lower(config.server.max_connections.get(), other_files);
        Self::with_limit(limit, &config.server)
    }

    pub fn with_limit(limit: usize, config: &ServerConfig) -> Self {
        Self {
            limit,
            limits: Limits::new(config),
            open: Arc::default(),
        }
    }

    /// Returns how many connections may be open at most: slightly more than the limit, since
    /// closing one takes a moment.
    pub fn most(&self) -> usize {
        self.limit + SPARE
    }

    /// Registers an accepted connection. At the limit, closes one that is waiting for a request.
    pub fn admit(&self, socket: TcpStream) -> io::Result<Stream> {
        // Responses are written in one piece, so Nagle's algorithm would only add latency.
        if let Err(error) = socket.set_nodelay(true) {
            debug!(%error, "cannot set TCP_NODELAY");
        }
        let connection = Connection::new(socket.local_addr()?, socket.peer_addr()?);

        self.insert(&connection);
        Ok(Stream::new(socket, connection, self.clone()))
    }

    /// Closes connections that exceed their deadlines or the limit and, after `stop`, idle ones.
    /// Never returns.
    pub async fn close_overdue(&self, stop: &CancellationToken) {
        loop {
            let limits = self.limits.until(stop);
            let now = Instant::now();
            for connection in self.lock().values() {
                if connection.is_overdue(now, &limits) {
                    connection.close();
                }
            }
            self.make_room(0);
            sleep(TICK).await;
        }
    }

    /// If there is no room for `more` connections, closes the one that has waited longest for a
    /// request, with half-sent requests before idle connections.
    fn make_room(&self, more: usize) {
        let open = self.lock();
        if open.len() + more <= self.limit {
            return;
        }
        let open: Vec<_> = open.values().filter(|it| !it.is_closing()).collect();
        if open.len() + more <= self.limit {
            return;
        }
        let waiting = open.iter().filter_map(|it| Some((it.waiting()?, it)));
        if let Some((_, connection)) = waiting.min_by_key(|(waiting, _)| *waiting) {
            connection.close();
        }
    }

    fn insert(&self, connection: &Connection) {
        // Before it is there itself: it has sent nothing yet, so it would be the one to close.
        self.make_room(1);
        let earlier = self.lock().insert(ends(connection), connection.clone());
        // A client reuses its port only after its earlier connection has broken.
        if let Some(earlier) = earlier {
            earlier.close();
        }
    }

    fn remove(&self, connection: &Connection) {
        let ends = ends(connection);
        let mut open = self.lock();
        // A later connection of the same client may have taken its place.
        if open.get(&ends).is_some_and(|it| it.is(connection)) {
            open.remove(&ends);
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Ends, Connection>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn ends(connection: &Connection) -> Ends {
    (connection.local(), connection.peer())
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;
    use std::sync::Arc;
    use std::time::Duration;

    use tokio::time::timeout;
    use tokio_util::sync::CancellationToken;

    use super::connection::Limits;
    use super::{Connection, Connections};

    const LONG: Duration = Duration::from_secs(60);

    fn connections(limit: usize) -> Connections {
        let limits = Limits {
            head: LONG,
            stall: LONG,
            keep_alive: LONG,
        };
        Connections {
            limit,
            limits,
            open: Arc::default(),
        }
    }

    fn open(connections: &Connections, port: u16) -> Connection {
        let address = (Ipv4Addr::LOCALHOST, port).into();
        let connection = Connection::new(address, address);
        connections.insert(&connection);
        connection
    }

    #[test]
    fn the_end_of_a_connection_leaves_a_later_one_from_the_same_port() {
        let connections = connections(10);
        let earlier = open(&connections, 1);
        let later = open(&connections, 1);

        connections.remove(&earlier);
        assert_eq!(connections.lock().len(), 1);

        connections.remove(&later);
        assert_eq!(connections.lock().len(), 0);
    }

    #[test]
    fn a_new_connection_takes_the_place_of_an_idle_one() {
        let connections = connections(1);
        let idle = open(&connections, 1);
        drop(idle.begin());

        let new = open(&connections, 2);

        assert!(idle.is_closing());
        assert!(!new.is_closing());
    }

    #[tokio::test]
    async fn an_excess_connection_is_closed_after_its_request() {
        let connections = connections(1);
        let one = open(&connections, 1);
        let request = one.begin();
        let other = open(&connections, 2);
        let _in_flight = other.begin();
        assert!(!one.is_closing());

        drop(request);
        let stop = CancellationToken::new();
        let closing = timeout(Duration::ZERO, connections.close_overdue(&stop));

        assert!(closing.await.is_err());
        assert!(one.is_closing());
        assert!(!other.is_closing());
    }
}
