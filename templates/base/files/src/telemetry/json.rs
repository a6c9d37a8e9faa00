//! Log lines for programs: JSON objects with the fields of the event and of its spans.

use std::borrow::Cow;
use std::fmt;

use serde_json::Map;
use serde_json::Value;
use tracing::Event;
use tracing::Subscriber;
use tracing::field::FieldSet;
use tracing_subscriber::fmt::FmtContext;
use tracing_subscriber::fmt::FormatEvent;
use tracing_subscriber::fmt::FormatFields;
use tracing_subscriber::fmt::FormattedFields;
use tracing_subscriber::fmt::format::JsonFields;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;
use tracing_subscriber::fmt::time::SystemTime;
use tracing_subscriber::registry::LookupSpan;

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
        let (level, target) = (metadata.level(), metadata.target());
        writer.write_str(r#"{"timestamp":""#)?;
        SystemTime.format_time(&mut writer)?;
        // A target is the path of a module, in which there is nothing to escape.
        write!(writer, r#"","level":"{level}","target":"{target}""#)?;

        let names = vec!["timestamp", "level", "target"];
        let mut members = Members { writer, names };
        let mut fields = String::new();
        context.format_fields(Writer::new(&mut fields), event)?;
        members.append(&fields, metadata.fields())?;
        // From the innermost span outwards.
        for span in context.event_scope().into_iter().flatten() {
            if let Some(fields) = span.extensions().get::<FormattedFields<JsonFields>>() {
                members.append(fields, span.metadata().fields())?;
            }
        }
        members.writer.write_str("}\n")
    }
}

/// The members of a line, each with a different name.
struct Members<'a> {
    writer: Writer<'a>,
    names: Vec<&'static str>,
}

impl Members<'_> {
    /// Appends the members of an object, formatted by [`JsonFields`], whose names the line does not
    /// have yet.
    fn append(&mut self, object: &str, fields: &FieldSet) -> fmt::Result {
        let is_taken = |name: &str| self.names.contains(&name);
        let object = if fields.iter().any(|field| is_taken(field.name())) {
            let members = serde_json::from_str(object);
            let mut members: Map<_, Value> = members.map_err(|_| fmt::Error)?;
            members.retain(|name, _| !is_taken(name));
            Cow::from(Value::Object(members).to_string())
        } else {
            // Most lines: nothing has to be parsed.
            Cow::from(object)
        };

        self.names.extend(fields.iter().map(|field| field.name()));
        let members = object
            .strip_prefix('{')
            .and_then(|text| text.strip_suffix('}'));
        match members.ok_or(fmt::Error)? {
            "" => Ok(()),
            members => write!(self.writer, ",{members}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::Mutex;

    use tracing::info;
    use tracing::info_span;
    use tracing::subscriber::with_default;
    use tracing_subscriber::fmt;

    #[test]
    fn a_line_has_every_name_once() {
        let (reader, writer) = io::pipe().unwrap();
        let lines = fmt().with_writer(Mutex::new(writer));
        let lines = lines.fmt_fields(super::fields()).event_format(super::Line);

        with_default(lines.finish(), || {
            let _outer = info_span!("outer", id = 1, user = "Ada").entered();
            let _inner = info_span!("inner", id = 2, target = "x").entered();
            info!(count = 3, "a \"quoted\" message");
        });

        let line = io::read_to_string(reader).unwrap();
        let (_, line) = line.split_once("\"level\":").unwrap();
        let fields = r#""count":3,"message":"a \"quoted\" message","id":2,"user":"Ada""#;
        let target = module_path!();
        let expected = format!("\"INFO\",\"target\":\"{target}\",{fields}}}\n");
        assert_eq!(line, expected);
    }
}
