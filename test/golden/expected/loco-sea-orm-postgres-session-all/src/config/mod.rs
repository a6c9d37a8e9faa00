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
    pub database: DatabaseConfig,
    pub session: SessionConfig,
    pub cors: CorsConfig,
    pub body_limit: BodyLimitConfig,
    pub rate_limit: RateLimitConfig,
    pub timeout: TimeoutConfig,
    pub traces: TracesConfig,
    pub redis: RedisConfig,
    pub cache: CacheConfig,
}

/// Where the service listens, how long clients may take, and how it stops.
pub struct ServerConfig {
    /// Address to listen on; 0.0.0.0 is every address of the machine.
    pub host: std::net::IpAddr,
    /// Port to listen on; 0 picks a free one.
    pub port: u16,
    /// How many connections may be open at once; fewer where the process may not open that many files.
    pub max_connections: std::num::NonZeroUsize,
    /// How many seconds an idle connection is kept; longer than the load balancer in front keeps it.
    pub keep_alive: Seconds,
    /// How many seconds a client may stall while it sends a body or receives a response.
    pub client_timeout: Seconds,
    /// How many seconds to go on serving after /ready has turned 503, so that load balancers notice.
    pub shutdown_delay: u16,
    /// How many seconds requests in flight may take to finish at shutdown.
    pub shutdown_timeout: Seconds,
    /// How many proxies in front of the service add the address of the client to X-Forwarded-For; 0 ignores that header.
    pub trusted_proxies: usize,
}

/// What is logged, and how.
pub struct LogConfig {
    /// What is logged; without it RUST_LOG is read.
    pub filter: crate::telemetry::LogFilter,
    /// How a log line is written: for people or for programs.
    pub format: crate::telemetry::LogFormat,
}

/// The database connection.
pub struct DatabaseConfig {
    /// The most connections to the database that are open at the same time.
    pub max_connections: std::num::NonZeroU32,
    /// Whether migrations run at start; if not, run the command `migrate`.
    pub run_migrations: bool,
    /// The database, and the user that owns it.
    pub url: crate::db::Url,
}

/// Session lifetime and cookie.
pub struct SessionConfig {
    /// Seconds until an unused session ends.
    pub idle: crate::auth::age::Age,
    /// Session lifetime in seconds, even if it is used.
    pub lifetime: crate::auth::age::Age,
    /// Whether browsers send the cookie over HTTPS only; false works on a loopback HOST only.
    pub cookie_secure: bool,
}

/// Which web pages may use the service.
pub struct CorsConfig {
    /// Origins of the web pages that may call the service, separated by commas.
    pub allowed_origins: crate::middleware::cors::Origins,
}

/// The limit on request bodies.
pub struct BodyLimitConfig {
    /// Maximum size of a request body, in bytes.
    pub bytes: usize,
}

/// How many requests a client may send.
pub struct RateLimitConfig {
    /// How many requests a client may send at once, and in each period.
    pub requests: std::num::NonZeroU32,
    /// Seconds until the quota of a client is full again.
    pub period: Seconds,
}

/// How long a request may take.
pub struct TimeoutConfig {
    /// Seconds after which a request is stopped with 503.
    pub request: Seconds,
}

/// Where traces go.
pub struct TracesConfig {
    /// The OpenTelemetry collector that is sent traces, by OTLP over HTTP.
    pub collector: crate::traces::Collector,
}

/// Which Redis, and under which keys.
pub struct RedisConfig {
    /// The Redis server, and the number of a database on it; rediss:// is over TLS.
    pub url: redis::ConnectionInfo,
    /// Prefix of every key, so that services can share a server.
    pub key_prefix: String,
}

/// How long values are cached.
pub struct CacheConfig {
    /// How many seconds a user is cached at most.
    pub ttl: Seconds,
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
                max_connections: Variable {
                    name: "MAX_CONNECTIONS",
                    allowed: "a whole number from 1",
                    default: Some("10000"),
                }
                .read(&lookup)?,
                keep_alive: Variable {
                    name: "KEEP_ALIVE_SECONDS",
                    allowed: "a whole number of seconds from 1 to 86400",
                    default: Some("75"),
                }
                .read(&lookup)?,
                client_timeout: Variable {
                    name: "CLIENT_TIMEOUT_SECONDS",
                    allowed: "a whole number of seconds from 1 to 86400",
                    default: Some("60"),
                }
                .read(&lookup)?,
                shutdown_delay: Variable {
                    name: "SHUTDOWN_DELAY_SECONDS",
                    allowed: "a whole number of seconds from 0 to 65535",
                    default: Some("0"),
                }
                .read(&lookup)?,
                shutdown_timeout: Variable {
                    name: "SHUTDOWN_TIMEOUT_SECONDS",
                    allowed: "a whole number of seconds from 1 to 86400",
                    default: Some("30"),
                }
                .read(&lookup)?,
                trusted_proxies: Variable {
                    name: "TRUSTED_PROXIES",
                    allowed: "a whole number",
                    default: Some("0"),
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
            database: DatabaseConfig {
                max_connections: Variable {
                    name: "DATABASE_MAX_CONNECTIONS",
                    allowed: "a whole number from 1",
                    default: Some("10"),
                }
                .read(&lookup)?,
                run_migrations: Variable {
                    name: "RUN_MIGRATIONS",
                    allowed: "true or false",
                    default: Some("true"),
                }
                .read(&lookup)?,
                url: Variable {
                    name: "DATABASE_URL",
                    allowed: "postgres://<user>:<password>@<host>:<port>/<database>",
                    default: None,
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
            cors: CorsConfig {
                allowed_origins: Variable {
                    name: "CORS_ALLOWED_ORIGINS",
                    allowed: "none, or origins such as https://app.example.com,http://localhost:5173",
                    default: Some("none"),
                }
                .read(&lookup)?,
            },
            body_limit: BodyLimitConfig {
                bytes: Variable {
                    name: "BODY_LIMIT_BYTES",
                    allowed: "a whole number of bytes",
                    default: Some("1048576"),
                }
                .read(&lookup)?,
            },
            rate_limit: RateLimitConfig {
                requests: Variable {
                    name: "RATE_LIMIT_REQUESTS",
                    allowed: "a whole number from 1",
                    default: Some("100"),
                }
                .read(&lookup)?,
                period: Variable {
                    name: "RATE_LIMIT_PERIOD_SECONDS",
                    allowed: "a whole number of seconds from 1 to 86400",
                    default: Some("60"),
                }
                .read(&lookup)?,
            },
            timeout: TimeoutConfig {
                request: Variable {
                    name: "REQUEST_TIMEOUT_SECONDS",
                    allowed: "a whole number of seconds from 1 to 86400",
                    default: Some("30"),
                }
                .read(&lookup)?,
            },
            traces: TracesConfig {
                collector: Variable {
                    name: "OTEL_EXPORTER_OTLP_ENDPOINT",
                    allowed: "none, or a URL such as http://localhost:4318",
                    default: Some("none"),
                }
                .read(&lookup)?,
            },
            redis: RedisConfig {
                url: Variable {
                    name: "REDIS_URL",
                    allowed: "redis://<user>:<password>@<host>:<port>/<database>",
                    default: None,
                }
                .read(&lookup)?,
                key_prefix: Variable {
                    name: "REDIS_KEY_PREFIX",
                    allowed: "a text",
                    default: Some("app:"),
                }
                .read(&lookup)?,
            },
            cache: CacheConfig {
                ttl: Variable {
                    name: "CACHE_TTL_SECONDS",
                    allowed: "a whole number of seconds from 1 to 86400",
                    default: Some("300"),
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
