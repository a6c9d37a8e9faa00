//! Maps database errors to API errors.

use diesel::result::DatabaseErrorKind;
use diesel::result::Error as QueryError;

use crate::db::backend;
use crate::error::Error;
use crate::error::FieldError;

impl From<QueryError> for Error {
    fn from(error: QueryError) -> Self {
        let (kind, cause) = match &error {
            QueryError::NotFound => return Self::NotFound,
            QueryError::DatabaseError(kind, cause) => (kind, cause.as_ref()),
            _ => return Self::Internal(error.into()),
        };
        let field = || backend::column(kind, cause).unwrap_or("$");
        let invalid = |code, message| Self::Invalid(vec![FieldError::new(field(), code, message)]);

        match kind {
            DatabaseErrorKind::UniqueViolation => Self::taken(field()),
            DatabaseErrorKind::ForeignKeyViolation => {
                invalid("not_found", "must refer to an existing record")
            }
            DatabaseErrorKind::CheckViolation => invalid("invalid", "is not allowed"),
            DatabaseErrorKind::ClosedConnection
            | DatabaseErrorKind::SerializationFailure
            | DatabaseErrorKind::UnableToSendCommand => Self::Unavailable(error.into()),
            _ if backend::is_transient(cause) => Self::Unavailable(error.into()),
            _ => Self::Internal(error.into()),
        }
    }
}

/// Maps an error from deleting a row, which other rows may refer to.
pub(super) fn of_delete(error: QueryError) -> Error {
    match &error {
        QueryError::DatabaseError(kind, cause) if backend::is_reference(kind, cause.as_ref()) => {
            Error::Conflict(FieldError::new("id", "referenced", "is in use elsewhere"))
        }
        _ => error.into(),
    }
}
