//! The errors of a request, whatever the web framework and the database.

use serde::Serialize;
use thiserror::Error;

use crate::auth::refusal::Refusal;

/// Why a request failed. The client sees what is displayed; sources only go to the log.
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
    #[error("not found")]
    NotFound,
    #[error("a value that must be unique is already taken")]
    Conflict,
    #[error("the body is too large")]
    PayloadTooLarge,
    #[error("the body must be uncompressed JSON, sent as application/json")]
    UnsupportedMediaType,
    #[error("the body is not valid")]
    Invalid(Vec<FieldError>),
    #[error("the service is temporarily unavailable; try again later")]
    Unavailable(#[source] Cause),
    #[error("an internal error occurred")]
    Internal(#[source] Cause),
}

/// The underlying error.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// An invalid field of a body; `$` is the body itself.
#[derive(Debug, Serialize)]
pub struct FieldError {
    pub field: String,
    #[serde(flatten)]
    pub violation: Violation,
}

/// The rule that a value breaks.
#[derive(Debug, Serialize)]
pub struct Violation {
    /// A stable code, for programs.
    pub code: &'static str,
    /// An explanation, for people.
    pub message: &'static str,
}

impl Violation {
    pub const fn new(code: &'static str, message: &'static str) -> Self {
        Self { code, message }
    }
}
