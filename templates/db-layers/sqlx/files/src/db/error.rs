//! Maps database errors to API errors.

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

/// Maps an error from deleting a row, which other rows may refer to.
pub(super) fn of_delete(error: sqlx::Error) -> Error {
    if driver::is_referenced(&error) {
        driver::referenced()
    } else {
        error.into()
    }
}
