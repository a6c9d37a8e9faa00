//! Tracks what a connection is waiting for, and for how long.

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

/// How many bytes of a request body extend its deadline by one second.
const BYTES_PER_SECOND: u64 = 500;

/// The time limit at shutdown for clients without a request in flight.
const LAST: Duration = Duration::from_secs(1);

/// Time limits for clients, one per phase.
#[derive(Clone, Copy)]
pub struct Limits {
    /// Sending the head of a request.
    pub(super) head: Duration,
    /// Sending the body, plus the time that its size earns, and receiving the next part of the
    /// response.
    pub(super) stall: Duration,
    /// Starting the next request.
    pub(super) keep_alive: Duration,
}

impl Limits {
    pub fn new(config: &ServerConfig) -> Self {
        Self {
            head: HEAD,
            stall: config.client_timeout.into(),
            keep_alive: config.keep_alive.into(),
        }
    }

    /// Shortens the limits for clients without a request in flight once the service is stopping.
    pub fn until(mut self, stop: &CancellationToken) -> Self {
        if stop.is_cancelled() {
            self.head = min(self.head, LAST);
            self.keep_alive = min(self.keep_alive, LAST);
        }
        self
    }
}

/// What a connection is waiting for. Over the limit, connections are closed in this order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// The head of the first request, or the rest of a later request's head.
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
    /// When the phase started, unless it is [`Phase::Response`].
    since: Instant,
    /// Requests in flight; more than one only with HTTP/2.
    requests: usize,
    /// Bytes of the body received so far.
    received: u64,
    /// When the client stopped receiving; `None` while it keeps up.
    blocked: Option<Instant>,
}

/// A connection, as shared by the requests on it. Cheap to clone.
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

    /// Returns the address that the client connected to.
    pub fn local(&self) -> SocketAddr {
        self.0.local
    }

    /// Returns the address of the client, or of the proxy in front of the service.
    pub fn peer(&self) -> SocketAddr {
        self.0.peer
    }

    /// Starts a request, which ends when the [`Exchange`] is dropped.
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
        let was_blocked = progress.blocked.take().is_some();
        // A response that never blocked was sent when the phase began.
        if was_blocked && progress.phase == Phase::Idle {
            progress.since = Instant::now();
        }
    }

    pub(super) fn blocked(&self) {
        self.progress().blocked.get_or_insert_with(Instant::now);
    }

    /// Returns the phase and when it started, if the connection is waiting for a request.
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
            // While data is still being sent, only the limit on stalls applies.
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

    /// Returns whether both are the same connection, not only of the same addresses.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
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
        // Responses have no deadline, and reading the clock for each request has a cost.
        if phase != Phase::Response {
            self.since = Instant::now();
        }
        self.received = 0;
    }
}

/// A request and its response; dropped once the response has been handed over for sending.
pub struct Exchange(Option<Connection>);

impl Exchange {
    /// Marks the request body as awaited until the returned guard is dropped.
    pub fn receive(&self) -> Option<Receiving> {
        let connection = self.0.clone()?;
        connection.progress().enter(Phase::Body);
        Some(Receiving(connection))
    }

    /// Hands the connection over to another protocol, whose phases are not tracked.
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

/// A guard held while a request body is being received.
pub struct Receiving(Connection);

impl Drop for Receiving {
    fn drop(&mut self) {
        let mut progress = self.0.progress();
        if progress.phase == Phase::Body {
            progress.enter(Phase::Response);
        }
    }
}
