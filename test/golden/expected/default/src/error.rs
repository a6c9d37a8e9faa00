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
        Self::Conflict(FieldError::new(field, "taken", "is already taken"))
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

/// An invalid field of a body.
#[derive(Clone, Debug, Serialize)]
pub struct FieldError {
    /// The path of the field; `$` stands for the body itself.
    pub field: String,
    /// A stable code for programs.
    pub code: String,
    /// An explanation for people.
    pub message: String,
}

impl FieldError {
    pub fn new(
        field: impl Into<String>,
        code: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            field: field.into(),
            code: code.into(),
            message: message.into(),
        }
    }
}
