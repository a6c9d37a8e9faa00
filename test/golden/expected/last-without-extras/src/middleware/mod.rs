//! What happens to every request and response, one module per concern.

pub mod problem;
