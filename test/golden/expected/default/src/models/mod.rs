//! Domain types, with the rules that requests are checked against.

pub mod email;
pub mod page;
pub mod text;
pub mod timestamp;
pub mod user;
