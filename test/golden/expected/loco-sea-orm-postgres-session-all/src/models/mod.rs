//! Domain types, with the rules that requests are checked against.

pub mod _entities;
pub mod credentials;
pub mod email;
pub mod page;
pub mod pattern;
pub mod profile;
pub mod schema;
pub mod session;
pub mod text;
pub mod timestamp;
pub mod user;
pub mod users;
