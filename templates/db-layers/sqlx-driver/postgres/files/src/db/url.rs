//! The value of DATABASE_URL.

use std::fmt;
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;

/// The address of the database and the credentials for it.
#[derive(Clone)]
pub struct Url(pub(super) PgConnectOptions);

impl FromStr for Url {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // SQLx accepts any scheme.
        match text.split_once(':') {
            Some(("postgres" | "postgresql", _)) => text.parse().map(Self).map_err(drop),
            _ => Err(()),
        }
    }
}

/// Writes only the host and port, because the URL contains a password.
impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(options) = self;
        match options.get_socket() {
            Some(socket) => write!(f, "{}", socket.display()),
            None => write!(f, "{}:{}", options.get_host(), options.get_port()),
        }
    }
}
