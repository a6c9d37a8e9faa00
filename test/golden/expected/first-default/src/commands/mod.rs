//! What the program can be asked to do, one module a command.

pub mod migrate;
pub mod serve;
