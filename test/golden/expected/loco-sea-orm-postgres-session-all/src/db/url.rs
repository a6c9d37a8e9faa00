//! What DATABASE_URL says.

use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;

/// Where the database is and how to sign in to it.
#[derive(Clone)]
pub struct Url(pub(super) PgConnectOptions);

impl FromStr for Url {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // SQLx would take any other scheme for its own.
        match text.split_once(':') {
            Some(("postgres" | "postgresql", _)) => text.parse().map(Self).map_err(drop),
            _ => Err(()),
        }
    }
}
