//! The meaning of database errors for the request.

use crate::db::driver;
use crate::error::Error;

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        if let Some(violation) = driver::violation(&error) {
            return violation;
        }
        match error {
            sqlx::Error::RowNotFound => Self::NotFound,
            error if driver::is_transient(&error) => Self::Unavailable(error.into()),
            error => Self::Internal(error.into()),
        }
    }
}

/// The error for a request that deletes a row: others may refer to it.
pub(super) fn of_delete(error: sqlx::Error) -> Error {
    if driver::is_referenced(&error) {
        driver::referenced()
    } else {
        error.into()
    }
}
