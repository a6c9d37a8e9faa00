//! What the service is about: plain types that cannot hold a wrong value.

pub mod credentials;
pub mod page;
pub mod profile;
pub mod session;
pub mod text;
pub mod timestamp;
pub mod user;
