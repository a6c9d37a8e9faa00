//! Maps the database driver's errors to API errors.

use sqlx::error::ErrorKind;

use crate::db::dialect;
use crate::error::{Error, FieldError};

/// Returns the error for a request that violates a constraint of the schema.
pub(super) fn violation(error: &sqlx::Error) -> Option<Error> {
    let error = error.as_database_error()?;
    let field = dialect::column(error).unwrap_or("$");
    let invalid = |code, message| {
        let error = FieldError::new(field, code, message);
        Some(Error::Invalid(vec![error]))
    };

    match error.kind() {
        ErrorKind::UniqueViolation => Some(Error::taken(field)),
        ErrorKind::ForeignKeyViolation => invalid("not_found", "must refer to an existing record"),
        ErrorKind::CheckViolation => invalid("invalid", "is not allowed"),
        _ => None,
    }
}

/// Returns whether a row cannot be deleted because other rows refer to it.
pub(super) fn is_referenced(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .is_some_and(|error| error.is_foreign_key_violation() || dialect::is_restricted(error))
}

/// Returns the error for a request that deletes such a row.
pub(super) fn referenced() -> Error {
    Error::Conflict(FieldError::new("id", "referenced", "is in use elsewhere"))
}

/// Returns whether the database is unreachable, overloaded or gave up waiting for a lock, so that
/// the same request may succeed later.
pub(super) fn is_transient(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::PoolClosed
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(error) => dialect::is_transient(error.as_ref()),
        _ => false,
    }
}
