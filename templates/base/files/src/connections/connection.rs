//! One connection: what it waits for, since when, and for how long at most.

use std::cmp::min;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::time::Duration;
use std::time::Instant;

use tokio_util::sync::CancellationToken;
use tokio_util::sync::WaitForCancellationFutureOwned;

use crate::config::ServerConfig;

/// How long a client may take to send the head of a request.
const HEAD: Duration = Duration::from_secs(10);

/// How many bytes of a body extend its deadline by a second.
const BYTES_PER_SECOND: u64 = 500;

/// How long a client without a request in flight is given at shutdown.
const LAST: Duration = Duration::from_secs(1);

/// How long a client may take in each phase.
#[derive(Clone, Copy)]
pub struct Limits {
    /// To send the head of a request.
    head: Duration,
    /// To send the body, beside what its size allows, and to take in any part of the response.
    stall: Duration,
    /// To begin the next request.
    keep_alive: Duration,
}

impl Limits {
    pub fn new(config: &ServerConfig) -> Self {
        Self {
            head: HEAD,
            stall: config.client_timeout.into(),
            keep_alive: config.keep_alive.into(),
        }
    }

    /// Returns shorter limits for clients without a request in flight once the service stops.
    pub fn until(mut self, stop: &CancellationToken) -> Self {
        if stop.is_cancelled() {
            self.head = min(self.head, LAST);
            self.keep_alive = min(self.keep_alive, LAST);
        }
        self
    }
}

/// What a connection waits for, in the order in which connections are closed when there are too many.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// The head of the first request, or the rest of any other.
    Head,
    /// The next request.
    Idle,
    /// The rest of a request's body.
    Body,
    /// The response.
    Response,
}

struct Progress {
    phase: Phase,
    since: Instant,
    /// Requests that are being served: more than one only where HTTP/2 is spoken.
    requests: usize,
    /// Bytes of the body received so far.
    received: u64,
    /// Since when the client has taken in nothing of what is to be sent.
    blocked: Option<Instant>,
}

/// A connection, seen from the requests on it; a clone is cheap.
#[derive(Clone)]
pub struct Connection(Arc<Shared>);

struct Shared {
    local: SocketAddr,
    peer: SocketAddr,
    progress: Mutex<Progress>,
    closing: CancellationToken,
}

impl Connection {
    pub(super) fn new(local: SocketAddr, peer: SocketAddr) -> Self {
        let progress = Progress {
            phase: Phase::Head,
            since: Instant::now(),
            requests: 0,
            received: 0,
            blocked: None,
        };
        Self(Arc::new(Shared {
            local,
            peer,
            progress: Mutex::new(progress),
            closing: CancellationToken::new(),
        }))
    }

    /// The address that the client connected to.
    pub fn local(&self) -> SocketAddr {
        self.0.local
    }

    /// The address of the client, or of the proxy in front.
    pub fn peer(&self) -> SocketAddr {
        self.0.peer
    }

    /// Begins a request, which ends when the [`Exchange`] is dropped.
    pub fn begin(&self) -> Exchange {
        let mut progress = self.progress();
        progress.requests += 1;
        progress.enter(Phase::Response);
        Exchange(Some(self.clone()))
    }

    pub(super) fn received(&self, bytes: usize) {
        let mut progress = self.progress();
        match progress.phase {
            Phase::Idle if bytes > 0 => progress.enter(Phase::Head),
            Phase::Body => progress.received += bytes as u64,
            _ => {}
        }
    }

    pub(super) fn sent(&self) {
        let mut progress = self.progress();
        progress.blocked = None;
        if progress.phase == Phase::Idle {
            progress.since = Instant::now();
        }
    }

    pub(super) fn blocked(&self) {
        self.progress().blocked.get_or_insert_with(Instant::now);
    }

    /// Since when it has been waiting for a request, if it is.
    pub(super) fn waiting(&self) -> Option<(Phase, Instant)> {
        let progress = self.progress();
        let is_waiting = progress.phase <= Phase::Idle;
        is_waiting.then_some((progress.phase, progress.since))
    }

    pub(super) fn is_overdue(&self, now: Instant, limits: &Limits) -> bool {
        let progress = self.progress();
        let is_over = |since, limit| now.duration_since(since) > limit;
        let since = progress.since;

        let is_late = match progress.phase {
            Phase::Head => is_over(since, limits.head),
            // While there is something to send, the client is given the time to take it in.
            Phase::Idle => progress.blocked.is_none() && is_over(since, limits.keep_alive),
            Phase::Body => {
                let earned = Duration::from_secs(progress.received / BYTES_PER_SECOND);
                is_over(since, limits.stall + earned)
            }
            Phase::Response => false,
        };
        let blocked = progress.blocked;
        is_late || blocked.is_some_and(|since| is_over(since, limits.stall))
    }

    pub(super) fn close(&self) {
        self.0.closing.cancel();
    }

    pub(super) fn is_closing(&self) -> bool {
        self.0.closing.is_cancelled()
    }

    pub(super) fn closing(&self) -> WaitForCancellationFutureOwned {
        self.0.closing.clone().cancelled_owned()
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        let progress = self.0.progress.lock();
        progress.unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress {
    fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        self.since = Instant::now();
        self.received = 0;
    }
}

/// A request and its response; held until the response has been handed over for sending.
pub struct Exchange(Option<Connection>);

impl Exchange {
    /// Notes that the body of the request is awaited; held until it has been read.
    pub fn receive(&self) -> Option<Receiving> {
        let connection = self.0.clone()?;
        connection.progress().enter(Phase::Body);
        Some(Receiving(connection))
    }

    /// Leaves the connection to another protocol: what it waits for is no longer known.
    pub fn upgrade(mut self) {
        self.0 = None;
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        let Some(connection) = &self.0 else {
            return;
        };
        let mut progress = connection.progress();
        progress.requests -= 1;
        if progress.requests == 0 {
            progress.enter(Phase::Idle);
        }
    }
}

/// The body of a request, which is awaited.
pub struct Receiving(Connection);

impl Drop for Receiving {
    fn drop(&mut self) {
        let mut progress = self.0.progress();
        if progress.phase == Phase::Body {
            progress.enter(Phase::Response);
        }
    }
}
