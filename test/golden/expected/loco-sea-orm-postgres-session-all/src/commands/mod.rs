//! The commands of the program, one module per command.

pub mod health;
pub mod migrate;
pub mod serve;
