//! The value of DATABASE_URL.

use std::fmt;
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;

/// Where the database is and how to sign in to it.
#[derive(Clone)]
pub struct Url(pub(super) PgConnectOptions);

impl FromStr for Url {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // SQLx itself accepts any scheme.
        match text.split_once(':') {
            Some(("postgres" | "postgresql", _)) => text.parse().map(Self).map_err(drop),
            _ => Err(()),
        }
    }
}

/// Writes host and port only, for messages: the URL has a password in it.
impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(options) = self;
        match options.get_socket() {
            Some(socket) => write!(f, "{}", socket.display()),
            None => write!(f, "{}:{}", options.get_host(), options.get_port()),
        }
    }
}
