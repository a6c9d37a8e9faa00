pub mod cache;
pub mod redis;
