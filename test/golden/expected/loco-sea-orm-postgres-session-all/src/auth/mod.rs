//! Accounts and authentication.

pub mod accounts;
pub mod age;
pub mod attempts;
pub mod caller;
pub mod cookie;
pub mod evidence;
pub mod password;
pub mod refusal;
pub mod sessions;
pub mod store;
