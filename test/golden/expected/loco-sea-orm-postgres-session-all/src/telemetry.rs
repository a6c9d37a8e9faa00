//! Logs, on standard output.

use std::env;
use std::io;
use std::io::IsTerminal;
use std::str::FromStr;

use anyhow::Context;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::Config;
use crate::traces;

/// How a log line is written.
#[derive(Clone, Copy)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for machines.
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

/// What is logged: one level for everything, or one for each `target=level`.
#[derive(Clone)]
pub struct LogFilter(Targets);

impl FromStr for LogFilter {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // `Targets` alone takes a mistyped level for the name of a target.
        let is_level = |part: &str| part.parse::<LevelFilter>().is_ok();
        if text
            .split(',')
            .all(|part| part.contains('=') || is_level(part))
        {
            text.parse().map(Self).map_err(drop)
        } else {
            Err(())
        }
    }
}

/// Sends what is traced from now on to standard output; fails where that is done already.
pub fn init(config: &Config) -> anyhow::Result<()> {
    let registry = registry();
    let filter = config.log.filter.0.clone();
    let lines = fmt::layer();
    let registry = registry.with(traces::layer(&config.traces)?);
    // What the span of a request holds is for the collector; the log has its own line.
    let filter = filter.with_target(traces::request::TARGET, LevelFilter::OFF);

    match config.log.format {
        LogFormat::Json => {
            let lines = lines.json().flatten_event(true).with_span_list(false);
            let lines = lines.map_event_format(traces::log::in_json);
            registry.with(lines.with_filter(filter)).try_init()
        }
        LogFormat::Text => {
            let lines = lines.with_ansi(wants_colours());
            let lines = lines.map_event_format(traces::log::in_text);
            registry.with(lines.with_filter(filter)).try_init()
        }
    }
    .context("cannot set up the log")
}

fn wants_colours() -> bool {
    io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none()
}
