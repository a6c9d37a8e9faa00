//! What is done to every request and answer, one module a concern.

pub mod problem;
