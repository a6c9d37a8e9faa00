//! Request errors, independent of the web framework and the database.

use std::slice;

use serde::Serialize;
use thiserror::Error;

/// The reason a request failed. Clients see the `Display` text; sources are only logged.
#[derive(Debug, Error)]
pub enum Error {
    #[error("{0}")]
    Malformed(String),
    #[error("not found")]
    NotFound,
    #[error("the request conflicts with existing data")]
    Conflict(FieldError),
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

impl Error {
    /// Returns the error for a unique value that another row already has.
    pub fn taken(field: impl Into<String>) -> Self {
        let violation = Violation::new("taken", "is already taken");
        Self::Conflict(FieldError::new(field, violation))
    }

    /// Returns the invalid fields, for the response.
    pub fn fields(&self) -> &[FieldError] {
        match self {
            Self::Invalid(fields) => fields,
            Self::Conflict(field) => slice::from_ref(field),
            _ => &[],
        }
    }
}

/// The underlying error.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// An invalid field of a body; `$` stands for the body itself.
#[derive(Debug, Serialize)]
pub struct FieldError {
    pub field: String,
    #[serde(flatten)]
    pub violation: Violation,
}

impl FieldError {
    pub fn new(field: impl Into<String>, violation: Violation) -> Self {
        Self {
            field: field.into(),
            violation,
        }
    }
}

/// The rule that a value violates.
#[derive(Debug, Serialize)]
pub struct Violation {
    /// A stable code for programs.
    pub code: &'static str,
    /// An explanation for people.
    pub message: &'static str,
}

impl Violation {
    pub const fn new(code: &'static str, message: &'static str) -> Self {
        Self { code, message }
    }
}
