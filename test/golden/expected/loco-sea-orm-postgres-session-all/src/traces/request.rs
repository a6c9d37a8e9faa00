//! The span of a request, according to OpenTelemetry's conventions for HTTP servers.

use opentelemetry::propagation::Extractor;
use opentelemetry::trace::TraceContextExt;
use opentelemetry::{Context, global};
use tracing::field::Empty;
use tracing::{Span, info_span};
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// The target of these spans, for filters.
pub const TARGET: &str = module_path!();

/// Returns the value of a header by its name.
type Header<'a> = dyn Fn(&str) -> Option<&'a str> + 'a;

/// Starts a span in the trace named in the headers, or in a new trace.
pub fn begin<'a>(method: &str, path: &str, header: &'a Header<'a>) -> Span {
    let span = info_span!(
        "request",
        otel.kind = "server",
        otel.name = known(method).unwrap_or("HTTP"),
        otel.status_code = Empty,
        http.request.method = known(method).unwrap_or("_OTHER"),
        http.response.status_code = Empty,
        http.route = Empty,
        url.path = path,
        url.scheme = "http",
        "error.type" = Empty,
    );
    if !span.is_disabled() {
        let parent = global::get_text_map_propagator(|propagator| {
            propagator.extract_with_context(&Context::new(), &Headers(header))
        });
        // Fails only if the span has already started or is disabled.
        span.set_parent(parent).ok();
    }
    span
}

/// Ignores unknown methods: clients can send any, and each would become a separate span name.
fn known(method: &str) -> Option<&'static str> {
    let methods = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
    methods.into_iter().find(|&known| known == method)
}

/// Records the pattern of the matched route, so that spans of the same route share a name.
pub fn matched(span: &Span, method: &str, route: &str) {
    if !span.is_disabled() {
        let method = known(method).unwrap_or("HTTP");
        let context = span.context();
        context.span().update_name(format!("{method} {route}"));
        span.record("http.route", route);
    }
}

/// Records the status of the response; only 5xx is an error of the server.
pub fn answered(span: &Span, status: u16) {
    span.record("http.response.status_code", i64::from(status));
    if status >= 500 {
        span.record("otel.status_code", "ERROR");
        span.record("error.type", status.to_string());
    }
}

struct Headers<'a>(&'a Header<'a>);

impl Extractor for Headers<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        let Self(header) = self;
        header(name)
    }

    /// Not needed: W3C Trace Context looks headers up by name.
    fn keys(&self) -> Vec<&str> {
        Vec::new()
    }
}
