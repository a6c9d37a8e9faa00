//! What can go wrong with a request, in words that fit every web framework and database.

use serde::Serialize;
use thiserror::Error;

use crate::auth::refusal::Refusal;

/// Why a request has no good answer. What is displayed is for the client; sources are for the log.
#[derive(Debug, Error)]
pub enum Error {
    #[error("{0}")]
    Malformed(String),
    #[error("{0}")]
    Unauthorized(Refusal),
    #[error("{0}")]
    Forbidden(&'static str),
    #[error("too many wrong passwords for this account; try again later")]
    TooManyAttempts { retry_after: u64 },
    #[error("there is nothing here")]
    NotFound,
    #[error("a value that must be unique is already taken")]
    Conflict,
    #[error("the body is larger than the service accepts")]
    PayloadTooLarge,
    #[error("the body must be JSON, sent as application/json")]
    UnsupportedMediaType,
    #[error("the body is not valid")]
    Invalid(Vec<FieldError>),
    #[error("a dependency does not answer; try again later")]
    Unavailable(#[source] Cause),
    #[error("something went wrong; the cause is in the log")]
    Internal(#[source] Cause),
}

/// What went wrong underneath.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// One field of a body that is not valid; `$` is the body itself.
#[derive(Debug, Serialize)]
pub struct FieldError {
    pub field: String,
    #[serde(flatten)]
    pub violation: Violation,
}

/// Which rule a value breaks.
#[derive(Debug, Serialize)]
pub struct Violation {
    /// For programs: stays the same.
    pub code: &'static str,
    /// For people.
    pub message: &'static str,
}

impl Violation {
    pub const fn new(code: &'static str, message: &'static str) -> Self {
        Self { code, message }
    }
}
