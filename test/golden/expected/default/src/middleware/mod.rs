//! Middleware around every request, one module per concern.

pub mod body_limit;
pub mod catch_panic;
pub mod compression;
pub mod cors;
pub mod problem;
pub mod protocol;
pub mod request_id;
pub mod request_log;
pub mod security_headers;
pub mod timeout;
pub mod wrap;
