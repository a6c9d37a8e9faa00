use std::net::IpAddr;
use std::time::Instant;

use tracing::{debug, info};

/// The maximum length of a logged path, in bytes.
const LONGEST_PATH: usize = 200;

/// The status that nginx logs if a client closes the connection before it receives the response.
const CLIENT_CLOSED_REQUEST: u16 = 499;

/// The log line of a request, written when dropped, however the request ends.
pub struct Line {
    method: String,
    path: String,
    client: Option<IpAddr>,
    /// The pattern of the matched route.
    pub route: Option<String>,
    /// The status of the response; `None` if the client disconnected first.
    pub status: Option<u16>,
    started: Instant,
}

impl Line {
    pub fn begin(method: &str, path: &str, client: Option<IpAddr>) -> Self {
        let end = path.floor_char_boundary(LONGEST_PATH);
        Self {
            method: method.to_owned(),
            path: path[..end].to_owned(),
            client,
            route: None,
            status: None,
            started: Instant::now(),
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let Self { method, path, .. } = &*self;
        let status = self.status.unwrap_or(CLIENT_CLOSED_REQUEST);
        let duration_ms = self.started.elapsed().as_micros() as f64 / 1000.0;

        match &self.route {
            Some(route) if is_probe(route) && status < 400 => {
                debug!(%method, %route, status, duration_ms);
            }
            // The pattern instead of the path groups lines by route and keeps user ids out of them.
            Some(route) => info!(%method, %route, status, duration_ms),
            None => {
                let client = self.client.map(tracing::field::display);
                info!(%method, %path, status, duration_ms, client);
            }
        }
    }
}

/// Whether a load balancer or an orchestrator requests this route every few seconds.
fn is_probe(route: &str) -> bool {
    ["/health", "/ready"].contains(&route)
}
