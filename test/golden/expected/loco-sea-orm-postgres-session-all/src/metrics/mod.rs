//! Metrics for Prometheus, served on a separate port.

mod pool;
mod server;

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use tokio_util::sync::CancellationToken;
use tracing::{error, info};

use crate::state::AppState;

const PATH: &str = "/metrics";

/// The media type of the text that [`render`] returns.
const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper bounds of the duration buckets, in seconds.
const DURATIONS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

/// The status that nginx logs if a client closes the connection before it receives the response.
const CLIENT_CLOSED_REQUEST: u16 = 499;

/// The metrics of the service. Cheap to clone; clones share the same metrics.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    requests: Family<Request, Counter>,
    durations: Family<Request, Histogram, fn() -> Histogram>,
    in_flight: Gauge,
}

/// The labels of a request. Each has few values, since every combination is a separate series.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    method: &'static str,
    /// The route pattern, not the path, which contains ids.
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
            "Duration of requests",
            Unit::Seconds,
            durations.clone(),
        );
        registry.register(
            "http_requests_in_flight",
            "Requests in flight",
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
    /// Counts a request as in flight until the measurement is dropped.
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

/// Groups unknown methods: clients can send any, and each would become a separate series.
fn known(method: &str) -> &'static str {
    let methods = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
    let known = methods.into_iter().find(|&known| known == method);
    known.unwrap_or("other")
}

/// A request in flight, counted when dropped, however the request ends.
pub struct Measurement<'a> {
    metrics: &'a Metrics,
    method: &'static str,
    /// The pattern of the matched route.
    pub route: Option<String>,
    /// The status of the response; `None` if the client disconnected first.
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

/// Serves the metrics on METRICS_HOST and METRICS_PORT, in the background, until `stop` is
/// cancelled.
pub async fn start(state: &AppState, stop: CancellationToken) -> anyhow::Result<()> {
    let (host, port) = (&state.config.metrics.host, state.config.metrics.port);
    let listener = host
        .listen(port)
        .await
        .with_context(|| format!("cannot serve metrics on {host}, port {port}"))?;
    info!("metrics on http://{}{PATH}", listener.local_addr()?);

    let state = state.clone();
    tokio::spawn(async {
        if let Err(error) = server::serve(listener, state, stop).await {
            error!(%error, "the metrics server has stopped");
        }
    });
    Ok(())
}

/// Returns all metrics in the text format of OpenMetrics.
fn render(state: &AppState) -> Option<String> {
    let text = encode(state);
    text.inspect_err(|error| error!(%error, "cannot encode the metrics"))
        .ok()
}

fn encode(state: &AppState) -> Result<String, fmt::Error> {
    let mut text = String::new();
    encode_registry(&mut text, &state.metrics.registry)?;
    encode_registry(&mut text, &pool::registry(&state.db))?;
    encode_eof(&mut text)?;
    Ok(text)
}
