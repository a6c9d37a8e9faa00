//! Adds trace ids to the log lines of a request, to find the trace of a log line and vice versa.

use opentelemetry::trace::TraceContextExt;
use tracing::{Span, error_span};
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// The target of the spans created here, for filters.
pub const TARGET: &str = module_path!();

/// Creates a span that adds the ids of `span` to every log line inside it; disabled if `span` is
/// not traced.
pub fn ids(span: &Span) -> Span {
    let context = span.context();
    let context = context.span();
    let ids = context.span_context();
    if !ids.is_valid() {
        return Span::none();
    }
    let (trace_id, span_id) = (ids.trace_id(), ids.span_id());
    // At the error level, so that the ids are on every line, whatever LOG_LEVEL is.
    error_span!("trace", %trace_id, %span_id)
}
