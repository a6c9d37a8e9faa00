//! What Prometheus is told of the service.

mod pool;

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode_eof;
use prometheus_client::encoding::text::encode_registry;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use prometheus_client::registry::Unit;

use crate::state::AppState;

/// Where they are read; what is asked for here is not counted itself.
pub const PATH: &str = "/metrics";

/// Of the text that [`render`] gives.
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper bounds in seconds, from an answer out of memory to one that a person no longer waits for.
const DURATIONS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

/// What nginx calls a request whose client did not wait for the answer.
const CLIENT_CLOSED_REQUEST: u16 = 499;

/// Every metric of the service; a clone is cheap and shares them.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    requests: Family<Request, Counter>,
    durations: Family<Request, Histogram, fn() -> Histogram>,
    in_flight: Gauge,
}

/// What requests are told apart by: few values each, since every combination is kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: &'static str,
    /// The pattern, not the path: paths hold ids, so their number is unbounded.
    route: String,
    status: u16,
}

impl Default for Metrics {
    fn default() -> Self {
        let requests = Family::default();
        let durations = Family::new_with_constructor(durations as fn() -> Histogram);
        let in_flight = Gauge::default();

        let mut registry = Registry::default();
        registry.register(
            "http_requests",
            "Requests that have ended",
            requests.clone(),
        );
        registry.register_with_unit(
            "http_request_duration",
            "How long requests took",
            Unit::Seconds,
            durations.clone(),
        );
        registry.register(
            "http_requests_in_flight",
            "Requests that have not ended yet",
            in_flight.clone(),
        );
        Self {
            registry: Arc::new(registry),
            requests,
            durations,
            in_flight,
        }
    }
}

fn durations() -> Histogram {
    Histogram::new(DURATIONS)
}

impl Metrics {
    /// Counts a request as in flight, until what this gives is dropped.
    pub fn begin(&self, method: &str) -> Measurement<'_> {
        self.in_flight.inc();
        Measurement {
            metrics: self,
            method: known(method),
            route: None,
            status: None,
            started: Instant::now(),
        }
    }
}

/// Any client can make up a method.
fn known(method: &str) -> &'static str {
    let methods = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
    let known = methods.into_iter().find(|&known| known == method);
    known.unwrap_or("other")
}

/// A request in flight; counted as ended when it is dropped, which happens however a request ends.
pub struct Measurement<'a> {
    metrics: &'a Metrics,
    method: &'static str,
    /// The pattern that the path has matched.
    pub route: Option<String>,
    /// What it was answered with.
    pub status: Option<u16>,
    started: Instant,
}

impl Drop for Measurement<'_> {
    fn drop(&mut self) {
        let request = Request {
            method: self.method,
            route: self.route.take().unwrap_or_else(|| "unmatched".to_owned()),
            status: self.status.unwrap_or(CLIENT_CLOSED_REQUEST),
        };
        let duration = self.started.elapsed().as_secs_f64();

        let metrics = self.metrics;
        metrics.requests.get_or_create(&request).inc();
        metrics.durations.get_or_create(&request).observe(duration);
        metrics.in_flight.dec();
    }
}

/// All metrics as they are now, in the text format of OpenMetrics.
pub fn render(state: &AppState) -> Result<String, fmt::Error> {
    let mut text = String::new();
    encode_registry(&mut text, &state.metrics.registry)?;
    encode_registry(&mut text, &pool::registry(&state.db))?;
    encode_eof(&mut text)?;
    Ok(text)
}
