//! Domain types, which cannot hold invalid values.

pub mod email;
pub mod page;
pub mod text;
pub mod timestamp;
pub mod user;
