//! Sets up the log, which is written to standard output.

mod filter;
mod json;
mod text;

use std::io::{BufWriter, IsTerminal};
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};
use std::{env, io};

use anyhow::Context;
use tracing_appender::non_blocking;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt, registry};

pub use filter::LogFilter;

use crate::config::Config;
use crate::traces;

/// The format of log lines.
#[derive(Clone, Copy)]
pub enum LogFormat {
    /// Text for people.
    Text,
    /// One JSON object per line, for programs.
    Json,
}

impl FromStr for LogFormat {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(()),
        }
    }
}

/// Keeps the thread that writes the log alive.
static WRITER: Mutex<Option<WorkerGuard>> = Mutex::new(None);

/// Starts logging to standard output; fails if logging has already been set up.
pub fn init(config: &Config) -> anyhow::Result<()> {
    // A separate thread writes the lines, so that no request waits for a slow reader. If the reader
    // stops, up to 128,000 lines are buffered and further ones are dropped: the service must keep
    // running without its log. The thread flushes as soon as no line is waiting, so the buffer only
    // combines bursts of lines into fewer system calls.
    let (stdout, writer) = non_blocking(BufWriter::new(io::stdout()));
    let registry = registry();
    let filter = config.log.filter.get();
    let lines = fmt::layer().with_writer(stdout);
    // While Loco connects, the span of SeaORM's driver has the URL, and so the password.
    let filter = filter.add_directive("sea_orm::driver=off".parse()?);
    let registry = registry.with(traces::layer(&config.traces)?);
    // Request spans are only sent to the collector; the log has its own line per request.
    let filter = filter.add_directive(format!("{}=off", traces::request::TARGET).parse()?);

    match config.log.format {
        LogFormat::Json => {
            let lines = lines.fmt_fields(json::fields()).event_format(json::Line);
            registry.with(lines.with_filter(filter)).try_init()
        }
        LogFormat::Text => {
            let lines = lines.fmt_fields(text::fields()).compact();
            let lines = lines.with_target(false).with_ansi(wants_colours());
            registry.with(lines.with_filter(filter)).try_init()
        }
    }
    .context("cannot set up the log")?;

    *WRITER.lock().unwrap_or_else(PoisonError::into_inner) = Some(writer);
    Ok(())
}

/// Waits until all lines are written. Call it last, since nothing is logged afterwards.
pub fn finish() {
    drop(WRITER.lock().unwrap_or_else(PoisonError::into_inner).take());
}

fn wants_colours() -> bool {
    io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none()
}
