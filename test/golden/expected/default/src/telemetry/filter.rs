use std::str::FromStr;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

/// Which events are logged, in the syntax of `tracing_subscriber::EnvFilter`.
#[derive(Clone)]
pub struct LogFilter(EnvFilter);

impl LogFilter {
    pub(super) fn get(&self) -> EnvFilter {
        self.0.clone()
    }
}

impl FromStr for LogFilter {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // `EnvFilter` would take a mistyped level for the name of a target and log almost nothing.
        let is_word = |byte: u8| byte.is_ascii_alphanumeric();
        if text.bytes().all(is_word) && text.parse::<LevelFilter>().is_err() {
            return Err(());
        }
        EnvFilter::builder().parse(text).map(Self).map_err(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_a_level_or_directives() {
        for text in [
            "off",
            "INFO",
            "info,my_crate=debug",
            "my_crate::module=trace",
            "info,hyper",
            "warn,[request{method}]=debug",
        ] {
            assert!(text.parse::<LogFilter>().is_ok(), "{text}");
        }
        for text in ["loud", "inof", "my_crate=loud", "a=b=c"] {
            assert!(text.parse::<LogFilter>().is_err(), "{text}");
        }
    }
}
