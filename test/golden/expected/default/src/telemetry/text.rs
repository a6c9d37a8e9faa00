//! Log lines for people: time, level, message and fields, then the fields of the event's spans.

use std::fmt;
use std::fmt::Write;

use tracing_subscriber::field::MakeExt;
use tracing_subscriber::fmt::FormatFields;
use tracing_subscriber::fmt::format::{Writer, debug_fn};

/// Formats fields as `name=value`, except for those whose values are self-explanatory.
pub fn fields() -> impl for<'writer> FormatFields<'writer> + 'static {
    let format = debug_fn(|writer, field, value| {
        let mut line = OneLine(writer);
        match field.name() {
            "message" | "method" | "path" | "route" | "status" => write!(line, "{value:?}"),
            "duration_ms" => write!(line, "{value:?}ms"),
            name => write!(line, "{name}={value:?}"),
        }
    });
    format.delimited(" ")
}

/// Escapes control characters, so that no value can forge a line or colour the next one.
struct OneLine<'a, 'writer>(&'a mut Writer<'writer>);

impl Write for OneLine<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let is_plain = |character: char| character.is_ascii_graphic() || character == ' ';
        if text.chars().all(is_plain) {
            return self.0.write_str(text);
        }
        for character in text.chars() {
            if is_plain(character) {
                self.0.write_char(character)?;
            } else {
                write!(self.0, "{}", character.escape_debug())?;
            }
        }
        Ok(())
    }
}
