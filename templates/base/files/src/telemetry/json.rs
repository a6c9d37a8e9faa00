//! Log lines for programs: JSON objects with the fields of the event and of its spans.

use std::fmt;

use tracing::{Event, Subscriber};
use tracing_subscriber::fmt::format::{JsonFields, Writer};
use tracing_subscriber::fmt::time::{FormatTime, SystemTime};
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields, FormattedFields};
use tracing_subscriber::registry::{LookupSpan, Scope};

pub fn fields() -> JsonFields {
    JsonFields::new()
}

pub struct Line;

impl<S> FormatEvent<S, JsonFields> for Line
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, JsonFields>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let metadata = event.metadata();
        writer.write_str(r#"{"timestamp":""#)?;
        SystemTime.format_time(&mut writer)?;
        let (level, target) = (metadata.level(), metadata.target());
        write!(writer, r#"","level":"{level}","target":"{target}""#)?;

        for span in context.event_scope().into_iter().flat_map(Scope::from_root) {
            if let Some(fields) = span.extensions().get::<FormattedFields<JsonFields>>() {
                append(&mut writer, fields)?;
            }
        }
        let mut fields = String::new();
        context.format_fields(Writer::new(&mut fields), event)?;
        append(&mut writer, &fields)?;
        writer.write_str("}\n")
    }
}

/// Appends the members of an object that [`JsonFields`] has formatted.
fn append(writer: &mut Writer<'_>, object: &str) -> fmt::Result {
    let members = object
        .strip_prefix('{')
        .and_then(|text| text.strip_suffix('}'));
    match members.ok_or(fmt::Error)? {
        "" => Ok(()),
        members => write!(writer, ",{members}"),
    }
}
