//! What a database error means for the request.

use diesel::result::DatabaseErrorKind;
use diesel::result::Error as QueryError;

use crate::db::backend;
use crate::error::Error;

impl From<QueryError> for Error {
    fn from(error: QueryError) -> Self {
        match &error {
            QueryError::NotFound => Self::NotFound,
            QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Self::Conflict,
            QueryError::DatabaseError(
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
                _,
            ) => Self::Unavailable(error.into()),
            // Diesel has no kind for it, and does not keep the code.
            QueryError::DatabaseError(DatabaseErrorKind::Unknown, cause)
                if backend::is_outage(cause.message()) =>
            {
                Self::Unavailable(error.into())
            }
            _ => Self::Internal(error.into()),
        }
    }
}
