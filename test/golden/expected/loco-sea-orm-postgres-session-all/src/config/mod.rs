//! Configuration, read from the environment and validated once at startup.

mod environment;
mod files;
mod host;
mod reader;
mod seconds;

pub use environment::Environment;
pub use host::Host;
pub use reader::ConfigError;
use reader::{Reader, Variable};
pub use seconds::Seconds;

/// Declares a configuration struct and the environment variable of each field.
macro_rules! settings {
    (
        $(#[$about:meta])*
        pub struct $group:ident {
            $($(#[$doc:meta])* pub $field:ident: $type:ty = $variable:expr,)*
        }
    ) => {
        $(#[$about])*
        pub struct $group {
            $($(#[$doc])* pub $field: $type,)*
        }

        impl $group {
            fn read(reader: &mut Reader) -> Option<Self> {
                // Read all fields before the first `?`, so that one error names every invalid
                // variable.
                $(let $field = reader.read($variable);)*
                Some(Self { $($field: $field?,)* })
            }
        }
    };
}

/// The complete configuration of the service.
pub struct Config {
    pub server: ServerConfig,
    pub log: LogConfig,
    pub database: DatabaseConfig,
    pub session: SessionConfig,
    pub cors: CorsConfig,
    pub body_limit: BodyLimitConfig,
    pub rate_limit: RateLimitConfig,
    pub timeout: TimeoutConfig,
    pub metrics: MetricsConfig,
    pub traces: TracesConfig,
    pub redis: RedisConfig,
    pub cache: CacheConfig,
}

settings! {
    /// The listening address, limits for clients, and shutdown.
    pub struct ServerConfig {
        /// IP address or host name to listen on; 0.0.0.0 means every IPv4 address.
        pub host: Host = Variable {
            name: "HOST",
            default: Some("127.0.0.1"),
            is_secret: false,
            allowed: "an IP address or a host name",
        },
        /// Port to listen on; 0 picks a free one.
        pub port: u16 = Variable {
            name: "PORT",
            default: Some("3000"),
            is_secret: false,
            allowed: "a whole number from 0 to 65535",
        },
        /// Maximum number of open connections; lowered if the process may not open that many files.
        pub max_connections: std::num::NonZeroUsize = Variable {
            name: "MAX_CONNECTIONS",
            default: Some("10000"),
            is_secret: false,
            allowed: "a whole number from 1",
        },
        /// Seconds that an idle connection stays open; use more than the load balancer's idle timeout.
        pub keep_alive: Seconds = Variable {
            name: "KEEP_ALIVE_SECONDS",
            default: Some("75"),
            is_secret: false,
            allowed: "a whole number of seconds from 1 to 86400",
        },
        /// Seconds that a client may stall while sending a body or receiving a response.
        pub client_timeout: Seconds = Variable {
            name: "CLIENT_TIMEOUT_SECONDS",
            default: Some("60"),
            is_secret: false,
            allowed: "a whole number of seconds from 1 to 86400",
        },
        /// Seconds to keep serving after /ready starts to return 503, so that load balancers notice.
        pub shutdown_delay: u16 = Variable {
            name: "SHUTDOWN_DELAY_SECONDS",
            default: Some("0"),
            is_secret: false,
            allowed: "a whole number of seconds from 0 to 65535",
        },
        /// Seconds that requests in flight have to finish at shutdown.
        pub shutdown_timeout: Seconds = Variable {
            name: "SHUTDOWN_TIMEOUT_SECONDS",
            default: Some("30"),
            is_secret: false,
            allowed: "a whole number of seconds from 1 to 86400",
        },
        /// Number of proxies in front of the service that append to X-Forwarded-For; 0 ignores that header.
        pub trusted_proxies: usize = Variable {
            name: "TRUSTED_PROXIES",
            default: Some("0"),
            is_secret: false,
            allowed: "a whole number",
        },
    }
}

settings! {
    /// What is logged and in which format.
    pub struct LogConfig {
        /// Which events are logged; RUST_LOG is used if it is not set.
        pub filter: crate::telemetry::LogFilter = Variable {
            name: "LOG_LEVEL",
            default: Some("info"),
            is_secret: false,
            allowed: "off, error, warn, info, debug, trace, or filters such as info,my_crate=debug",
        },
        /// Format of the log: text for people, json for programs.
        pub format: crate::telemetry::LogFormat = Variable {
            name: "LOG_FORMAT",
            default: Some("text"),
            is_secret: false,
            allowed: "text or json",
        },
    }
}

settings! {
    /// The database connection.
    pub struct DatabaseConfig {
        /// Maximum number of open database connections.
        pub max_connections: std::num::NonZeroU16 = Variable {
            name: "DATABASE_MAX_CONNECTIONS",
            default: Some("10"),
            is_secret: false,
            allowed: "a whole number from 1 to 65535",
        },
        /// Whether to run migrations at startup; otherwise run the command `migrate`.
        pub run_migrations: bool = Variable {
            name: "RUN_MIGRATIONS",
            default: Some("true"),
            is_secret: false,
            allowed: "true or false",
        },
        /// Connection URL of the database, with a user that owns it.
        pub url: crate::db::Url = Variable {
            name: "DATABASE_URL",
            default: None,
            is_secret: true,
            allowed: "postgres://<user>:<password>@<host>:<port>/<database>",
        },
    }
}

settings! {
    /// Session lifetime and cookie.
    pub struct SessionConfig {
        /// Seconds until an unused session ends.
        pub idle: crate::auth::age::Age = Variable {
            name: "SESSION_IDLE_SECONDS",
            default: Some("86400"),
            is_secret: false,
            allowed: "a whole number of seconds from 1 to 31536000",
        },
        /// Session lifetime in seconds, even if the session is in use.
        pub lifetime: crate::auth::age::Age = Variable {
            name: "SESSION_LIFETIME_SECONDS",
            default: Some("1209600"),
            is_secret: false,
            allowed: "a whole number of seconds from 1 to 31536000",
        },
        /// Whether browsers send the cookie over HTTPS only; false requires a loopback HOST.
        pub cookie_secure: bool = Variable {
            name: "SESSION_COOKIE_SECURE",
            default: Some("true"),
            is_secret: false,
            allowed: "true or false",
        },
    }
}

settings! {
    /// Which web pages may call the service.
    pub struct CorsConfig {
        /// Origins of the web pages that may call the service.
        pub allowed_origins: crate::middleware::cors::Origins = Variable {
            name: "CORS_ALLOWED_ORIGINS",
            default: Some("none"),
            is_secret: false,
            allowed: "none, or origins without a slash at the end, such as https://app.example.com,http://localhost:5173",
        },
    }
}

settings! {
    /// The size limit of request bodies.
    pub struct BodyLimitConfig {
        /// Maximum size of a request body, in bytes.
        pub bytes: usize = Variable {
            name: "BODY_LIMIT_BYTES",
            default: Some("1048576"),
            is_secret: false,
            allowed: "a whole number of bytes",
        },
    }
}

settings! {
    /// How many requests a client may send.
    pub struct RateLimitConfig {
        /// Requests that a client may send at once and in each period.
        pub requests: std::num::NonZeroU32 = Variable {
            name: "RATE_LIMIT_REQUESTS",
            default: Some("100"),
            is_secret: false,
            allowed: "a whole number from 1 to 4294967295",
        },
        /// Seconds until the quota of a client is full again.
        pub period: Seconds = Variable {
            name: "RATE_LIMIT_PERIOD_SECONDS",
            default: Some("60"),
            is_secret: false,
            allowed: "a whole number of seconds from 1 to 86400",
        },
    }
}

settings! {
    /// How long a request may take.
    pub struct TimeoutConfig {
        /// Seconds after which a request is aborted with 503.
        pub request: Seconds = Variable {
            name: "REQUEST_TIMEOUT_SECONDS",
            default: Some("30"),
            is_secret: false,
            allowed: "a whole number of seconds from 1 to 86400",
        },
    }
}

settings! {
    /// Where Prometheus reads the metrics.
    pub struct MetricsConfig {
        /// IP address or host name to serve metrics on; keep it private.
        pub host: Host = Variable {
            name: "METRICS_HOST",
            default: Some("127.0.0.1"),
            is_secret: false,
            allowed: "an IP address or a host name",
        },
        /// Port to serve metrics on; 0 picks a free one.
        pub port: u16 = Variable {
            name: "METRICS_PORT",
            default: Some("9464"),
            is_secret: false,
            allowed: "a whole number from 0 to 65535",
        },
    }
}

settings! {
    /// Where traces are sent.
    pub struct TracesConfig {
        /// OpenTelemetry collector that receives traces via OTLP over HTTP.
        pub collector: crate::traces::Collector = Variable {
            name: "OTEL_EXPORTER_OTLP_ENDPOINT",
            default: Some("none"),
            is_secret: false,
            allowed: "none, or an http:// URL such as http://localhost:4318",
        },
    }
}

settings! {
    /// The Redis server and the prefix of its keys.
    pub struct RedisConfig {
        /// Redis server and database number; rediss:// uses TLS.
        pub url: redis::ConnectionInfo = Variable {
            name: "REDIS_URL",
            default: None,
            is_secret: true,
            allowed: "redis://[<user>:<password>@]<host>[:<port>][/<database>]",
        },
        /// Prefix of every key, so that services can share a server.
        pub key_prefix: String = Variable {
            name: "REDIS_KEY_PREFIX",
            default: Some("app:"),
            is_secret: false,
            allowed: "any text",
        },
    }
}

settings! {
    /// The cache of users.
    pub struct CacheConfig {
        /// Maximum time in seconds that a user is cached.
        pub ttl: Seconds = Variable {
            name: "CACHE_TTL_SECONDS",
            default: Some("300"),
            is_secret: false,
            allowed: "a whole number of seconds from 1 to 86400",
        },
    }
}

impl Config {
    /// Reads the process environment, in development the file `.env`, and a file in `config/`.
    pub fn from_env() -> loco_rs::Result<Self> {
        let environment = loco_rs::environment::resolve_from_env().into();
        Self::of(&Self::load_file(&environment)?)
    }

    /// Reads every variable; the error lists all that are missing or invalid.
    pub fn read(environment: &Environment) -> Result<Self, ConfigError> {
        let mut reader = Reader::new(environment);
        let config = Self::read_groups(&mut reader);
        let problem = crate::auth::cookie::problem(environment);
        reader.problems.extend(problem);
        reader.finish(config)
    }

    fn read_groups(reader: &mut Reader) -> Option<Self> {
        let server = ServerConfig::read(reader);
        let log = LogConfig::read(reader);
        let database = DatabaseConfig::read(reader);
        let session = SessionConfig::read(reader);
        let cors = CorsConfig::read(reader);
        let body_limit = BodyLimitConfig::read(reader);
        let rate_limit = RateLimitConfig::read(reader);
        let timeout = TimeoutConfig::read(reader);
        let metrics = MetricsConfig::read(reader);
        let traces = TracesConfig::read(reader);
        let redis = RedisConfig::read(reader);
        let cache = CacheConfig::read(reader);
        Some(Self {
            server: server?,
            log: log?,
            database: database?,
            session: session?,
            cors: cors?,
            body_limit: body_limit?,
            rate_limit: rate_limit?,
            timeout: timeout?,
            metrics: metrics?,
            traces: traces?,
            redis: redis?,
            cache: cache?,
        })
    }
}
