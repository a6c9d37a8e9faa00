//! Commands of the program, one module each.

pub mod health;
pub mod migrate;
pub mod serve;
