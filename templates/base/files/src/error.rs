//! What can go wrong with a request, in words that fit every web framework and database.

use serde::Serialize;
use thiserror::Error;

/// Why a request has no good answer. What is displayed is for the client; sources are for the log.
#[derive(Debug, Error)]
pub enum Error {
    #[error("{0}")]
    Malformed(String),
    #[error("Nothing is here.")]
    NotFound,
    #[error("Another record has one of these values already, and it has to be unique.")]
    Conflict,
    #[error("The body is larger than the service accepts.")]
    PayloadTooLarge,
    #[error("The body has to be JSON, sent with Content-Type: application/json.")]
    UnsupportedMediaType,
    #[error("The body has to be a JSON object.")]
    NotAnObject,
    #[error("Some fields of the body are not as they have to be.")]
    Invalid(Vec<FieldError>),
    #[error("Something the service depends on does not answer; try again later.")]
    Unavailable(#[source] Cause),
    #[error("The service failed to answer; why is in its log.")]
    Internal(#[source] Cause),
}

/// What went wrong underneath.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// One field of a body that is not as it has to be.
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
