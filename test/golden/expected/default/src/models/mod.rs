//! What the service is about: plain types that cannot hold a wrong value.

pub mod page;
pub mod text;
pub mod timestamp;
pub mod user;
