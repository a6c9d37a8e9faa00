//! Distributed traces of requests, sent to a collector.

pub mod log;
pub mod request;

use std::str::FromStr;
use std::sync::OnceLock;
use std::time::Duration;
use std::{env, thread};

use anyhow::Context;
use opentelemetry::trace::TracerProvider;
use opentelemetry::{KeyValue, global};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::resource::EnvResourceDetector;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tokio::sync::oneshot;
use tokio::time::timeout;
use tracing::{Subscriber, warn};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::registry::LookupSpan;

use crate::config::TracesConfig;

/// The provider that sends the spans: one per process, like the subscriber that creates them.
static PROVIDER: OnceLock<SdkTracerProvider> = OnceLock::new();

/// The URL that receives spans; `None` without a collector.
pub struct Collector(Option<String>);

impl FromStr for Collector {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "none" {
            return Ok(Self(None));
        }
        let address = text.strip_prefix("http://").ok_or(())?;
        let address = address.trim_end_matches('/');
        let is_allowed = |byte: &u8| byte.is_ascii_graphic() && !b"?#\"<>\\^`{|}".contains(byte);
        if address.is_empty() || !address.as_bytes().iter().all(is_allowed) {
            return Err(());
        }
        Ok(Self(Some(format!("http://{address}/v1/traces"))))
    }
}

/// Creates the layer that sends spans to the collector; `None`, at no cost, without a collector.
pub fn layer<S>(config: &TracesConfig) -> anyhow::Result<Option<impl Layer<S>>>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    let Collector(Some(url)) = &config.collector else {
        return Ok(None);
    };

    let exporter = SpanExporter::builder()
        .with_http()
        .with_protocol(Protocol::HttpBinary)
        .with_endpoint(url)
        .build()
        .context("cannot send traces")?;
    let provider = SdkTracerProvider::builder()
        .with_resource(resource())
        .with_batch_exporter(exporter)
        .build();
    let tracer = provider.tracer(env!("CARGO_PKG_NAME"));
    PROVIDER.get_or_init(|| provider);
    global::set_text_map_propagator(TraceContextPropagator::new());

    let layer = tracing_opentelemetry::layer()
        .with_tracer(tracer)
        .with_location(false)
        .with_threads(false)
        .with_tracked_inactivity(false);
    Ok(Some(layer.with_filter(traced())))
}

/// Describes the service to the collector; OpenTelemetry's own variables take precedence.
fn resource() -> Resource {
    let name = env::var("OTEL_SERVICE_NAME").ok();
    let name = name.filter(|name| !name.is_empty());

    let resource = Resource::builder_empty()
        .with_service_name(env!("CARGO_PKG_NAME"))
        .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
        .with_detector(Box::new(EnvResourceDetector::new()));
    match name {
        Some(name) => resource.with_service_name(name).build(),
        None => resource.build(),
    }
}

/// Selects everything except the log lines of middleware; causes of errors are both logged and
/// traced.
fn traced() -> Targets {
    let middleware = concat!(env!("CARGO_CRATE_NAME"), "::middleware");
    let problem = concat!(env!("CARGO_CRATE_NAME"), "::middleware::problem");
    Targets::new()
        .with_default(LevelFilter::INFO)
        .with_target(middleware, LevelFilter::OFF)
        .with_target(log::TARGET, LevelFilter::OFF)
        .with_target(problem, LevelFilter::INFO)
}

/// Sends the spans that have ended; gives up after `limit`, and after five seconds at most.
pub async fn flush(limit: Duration) {
    let Some(provider) = PROVIDER.get() else {
        return;
    };
    let (done, flushed) = oneshot::channel();
    // On a separate thread, so that the process can exit without waiting for it.
    thread::spawn(move || done.send(provider.force_flush()));
    match timeout(limit, flushed).await {
        Ok(Ok(Err(error))) => warn!(%error, "cannot send the remaining traces"),
        Err(_) => warn!("cannot send the remaining traces in time"),
        _ => {}
    }
}
