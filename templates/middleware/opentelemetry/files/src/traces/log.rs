//! The ids of a trace on every log line of its request, so that one leads to the other.

use opentelemetry::trace::TraceContextExt;
use tracing::Span;
use tracing::error_span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// The target of the spans made here, for filters.
pub const TARGET: &str = module_path!();

/// Makes a span that puts the ids of `span` on every log line inside it; none if nothing is traced.
pub fn ids(span: &Span) -> Span {
    let context = span.context();
    let context = context.span();
    let ids = context.span_context();
    if !ids.is_valid() {
        return Span::none();
    }
    let (trace_id, span_id) = (ids.trace_id(), ids.span_id());
    // At the level of errors: the ids belong on every line, whatever LOG_LEVEL is.
    error_span!("trace", %trace_id, %span_id)
}
