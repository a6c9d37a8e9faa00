//! What all programs share, so that they differ in their frameworks only: where they listen, and
//! users in SQLite or PostgreSQL. The queries and the pool are those of SQLx's own examples.

mod database;
mod users;

use std::env;
use std::net::{Ipv4Addr, SocketAddr};

use serde::Serialize;

pub use database::{Pool, connect};
pub use users::{Listing, NewUser, Page, User, find, insert, list, recreate};

/// The response of `GET /health`.
#[derive(Serialize)]
pub struct Health {
    status: &'static str,
    version: &'static str,
}

pub const HEALTH: Health = Health {
    status: "ok",
    version: env!("CARGO_PKG_VERSION"),
};

/// The loopback address with the port in `PORT`, 3000 by default.
pub fn address() -> SocketAddr {
    let port = env::var("PORT").ok().and_then(|port| port.parse().ok());
    (Ipv4Addr::LOCALHOST, port.unwrap_or(3000)).into()
}

/// The status of the response to a request whose query failed.
pub fn status_of(error: &sqlx::Error) -> u16 {
    match error {
        sqlx::Error::RowNotFound => 404,
        sqlx::Error::Database(error) if error.is_unique_violation() => 409,
        _ => 500,
    }
}

/// The error of a query.
pub type Error = sqlx::Error;
