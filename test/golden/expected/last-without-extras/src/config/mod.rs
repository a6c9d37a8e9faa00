//! Configuration: read once from the environment, checked before anything starts.

mod values;
mod variable;

use std::collections::HashMap;
use std::env;

use dotenvy::dotenv_iter;

pub use values::Seconds;
pub use variable::ConfigError;
use variable::Variable;

/// Everything that can be set from outside.
pub struct Config {
    pub server: ServerConfig,
    pub log: LogConfig,
    pub session: SessionConfig,
}

/// Where the service listens, and how it stops.
pub struct ServerConfig {
    /// Address to listen on; 0.0.0.0 is every address of the machine.
    pub host: std::net::IpAddr,
    /// Port to listen on; 0 picks a free one.
    pub port: u16,
    /// How many seconds requests in flight may take to finish at shutdown.
    pub shutdown_timeout: Seconds,
}

/// What is logged, and how.
pub struct LogConfig {
    /// What is logged; without it RUST_LOG is read.
    pub filter: crate::telemetry::LogFilter,
    /// How a log line is written: for people or for programs.
    pub format: crate::telemetry::LogFormat,
}

/// How long who signed in stays so, and how a browser keeps it.
pub struct SessionConfig {
    /// How many seconds a session lasts that is not used.
    pub idle: crate::auth::age::Age,
    /// How many seconds a session lasts however much it is used.
    pub lifetime: crate::auth::age::Age,
    /// Whether browsers send the cookie over HTTPS only; false is for development.
    pub cookie_secure: bool,
}

impl Config {
    /// Reads the environment of the process.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::read(environment()?)
    }

    /// Reads every variable through `lookup`; an empty value counts as not set.
    pub fn read(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        Ok(Self {
            server: ServerConfig {
                host: Variable {
                    name: "HOST",
                    allowed: "an IP address",
                    default: Some("127.0.0.1"),
                }
                .read(&lookup)?,
                port: Variable {
                    name: "PORT",
                    allowed: "a whole number from 0 to 65535",
                    default: Some("3000"),
                }
                .read(&lookup)?,
                shutdown_timeout: Variable {
                    name: "SHUTDOWN_TIMEOUT_SECONDS",
                    allowed: "a whole number of seconds from 1 to 86400",
                    default: Some("30"),
                }
                .read(&lookup)?,
            },
            log: LogConfig {
                filter: Variable {
                    name: "LOG_LEVEL",
                    allowed: "off, error, warn, info, debug, trace, or a list such as info,hyper=warn",
                    default: Some("info"),
                }
                .read(&lookup)?,
                format: Variable {
                    name: "LOG_FORMAT",
                    allowed: "text or json",
                    default: Some("text"),
                }
                .read(&lookup)?,
            },
            session: SessionConfig {
                idle: Variable {
                    name: "SESSION_IDLE_SECONDS",
                    allowed: "a whole number of seconds from 1 to 31536000",
                    default: Some("86400"),
                }
                .read(&lookup)?,
                lifetime: Variable {
                    name: "SESSION_LIFETIME_SECONDS",
                    allowed: "a whole number of seconds from 1 to 31536000",
                    default: Some("1209600"),
                }
                .read(&lookup)?,
                cookie_secure: Variable {
                    name: "SESSION_COOKIE_SECURE",
                    allowed: "true or false",
                    default: Some("true"),
                }
                .read(&lookup)?,
            },
        })
    }
}

/// Finds variables in the environment, and those that are not set there in the file `.env` of development.
pub fn environment() -> Result<impl Fn(&str) -> Option<String>, ConfigError> {
    let file = match dotenv_iter() {
        Ok(entries) => entries.collect::<Result<HashMap<_, _>, _>>(),
        Err(error) if error.not_found() => Ok(HashMap::new()),
        Err(error) => Err(error),
    };
    let file = file.map_err(|_| ConfigError::DotEnv)?;

    let find = move |name: &str| match env::var_os(name) {
        Some(value) => Some(value.to_string_lossy().into_owned()),
        None => file.get(name).cloned(),
    };
    // RUST_LOG is what other programs in Rust call it.
    Ok(move |name: &str| match find(name) {
        None if name == "LOG_LEVEL" => find("RUST_LOG"),
        value => value,
    })
}
