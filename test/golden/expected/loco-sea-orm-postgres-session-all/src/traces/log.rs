//! The ids of the current span on every line of the log, to find the one from the other.

use std::fmt;

use opentelemetry::Context;
use opentelemetry::trace::SpanContext;
use opentelemetry::trace::TraceContextExt;
use tracing::Event;
use tracing::Subscriber;
use tracing_subscriber::fmt::FmtContext;
use tracing_subscriber::fmt::FormatEvent;
use tracing_subscriber::fmt::FormatFields;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::registry::LookupSpan;

/// A format whose lines are given the ids.
pub struct WithIds<F> {
    format: F,
    add: fn(line: &str, ids: &SpanContext) -> String,
}

/// Of a format that writes an object a line.
pub fn in_json<F>(format: F) -> WithIds<F> {
    let add = |line: &str, ids: &SpanContext| {
        let (trace, span) = (ids.trace_id(), ids.span_id());
        let members = line.trim_start_matches('{');
        format!(r#"{{"trace_id":"{trace}","span_id":"{span}",{members}"#)
    };
    WithIds { format, add }
}

/// Of a format for people.
pub fn in_text<F>(format: F) -> WithIds<F> {
    let add = |line: &str, ids: &SpanContext| {
        let (trace, span) = (ids.trace_id(), ids.span_id());
        format!("{} trace_id={trace} span_id={span}\n", line.trim_end())
    };
    WithIds { format, add }
}

impl<S, N, F> FormatEvent<S, N> for WithIds<F>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
    N: for<'writer> FormatFields<'writer> + 'static,
    F: FormatEvent<S, N>,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, N>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let current = Context::current();
        let current = current.span();
        let ids = current.span_context();
        if !ids.is_valid() {
            return self.format.format_event(context, writer, event);
        }

        let mut line = String::new();
        let buffer = Writer::new(&mut line);
        self.format.format_event(context, buffer, event)?;
        writer.write_str(&(self.add)(&line, ids))
    }
}
