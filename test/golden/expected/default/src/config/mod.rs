//! Configuration, read from the environment and validated once at startup.

mod environment;
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
    pub cors: CorsConfig,
    pub body_limit: BodyLimitConfig,
    pub timeout: TimeoutConfig,
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
        /// The database file; created if it does not exist.
        pub url: crate::db::Url = Variable {
            name: "DATABASE_URL",
            default: Some("sqlite://app.db"),
            is_secret: false,
            allowed: "sqlite://<path of a file>, not an in-memory database",
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

impl Config {
    /// Reads the process environment and, in development, the file `.env`.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::read(&Environment::load()?)
    }

    /// Reads every variable; the error lists all that are missing or invalid.
    pub fn read(environment: &Environment) -> Result<Self, ConfigError> {
        let mut reader = Reader::new(environment);
        let config = Self::read_groups(&mut reader);
        reader.finish(config)
    }

    fn read_groups(reader: &mut Reader) -> Option<Self> {
        let server = ServerConfig::read(reader);
        let log = LogConfig::read(reader);
        let database = DatabaseConfig::read(reader);
        let cors = CorsConfig::read(reader);
        let body_limit = BodyLimitConfig::read(reader);
        let timeout = TimeoutConfig::read(reader);
        Some(Self {
            server: server?,
            log: log?,
            database: database?,
            cors: cors?,
            body_limit: body_limit?,
            timeout: timeout?,
        })
    }
}
