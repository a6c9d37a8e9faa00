use std::net::IpAddr;
use std::time::Instant;

use axum::http::{Method, Uri};
use tracing::{debug, info};

/// The maximum length of a logged path, in bytes.
const LONGEST_PATH: usize = 200;

/// The status that nginx logs if a client closes the connection before it receives the response.
const CLIENT_CLOSED_REQUEST: u16 = 499;

/// The log line of a request, written when dropped, however the request ends.
pub struct Line {
    method: Method,
    target: Uri,
    client: Option<IpAddr>,
    /// The pattern of the matched route.
    pub route: Option<String>,
    /// The status of the response; `None` if the client disconnected first.
    pub status: Option<u16>,
    started: Instant,
}

impl Line {
    pub fn begin(method: &Method, target: &Uri, client: Option<IpAddr>) -> Self {
        Self {
            method: method.clone(),
            target: target.clone(),
            client,
            route: None,
            status: None,
            started: Instant::now(),
        }
    }

    fn duration_ms(&self) -> f64 {
        self.started.elapsed().as_micros() as f64 / 1000.0
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let Self { method, target, .. } = &*self;
        let status = self.status.unwrap_or(CLIENT_CLOSED_REQUEST);

        match &self.route {
            Some(route) if is_probe(route) && status < 400 => {
                debug!(%method, %route, status, duration_ms = self.duration_ms());
            }
            // The pattern instead of the path groups lines by route and keeps user ids out of them.
            Some(route) => info!(%method, %route, status, duration_ms = self.duration_ms()),
            None => {
                let path = target.path();
                let path = &path[..path.floor_char_boundary(LONGEST_PATH)];
                let client = self.client.map(tracing::field::display);
                info!(%method, %path, status, duration_ms = self.duration_ms(), client);
            }
        }
    }
}

/// Whether a load balancer or an orchestrator requests this route every few seconds.
fn is_probe(route: &str) -> bool {
    ["/health", "/ready"].contains(&route)
}
