//! Maps database errors to API errors.

use sea_orm::{DbErr, RuntimeErr};

use crate::db::driver;
use crate::error::Error;

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        let cause = cause(&error);
        if let Some(violation) = cause.and_then(driver::violation) {
            return violation;
        }
        match error {
            DbErr::RecordNotUpdated | DbErr::RecordNotFound(_) => Self::NotFound,
            DbErr::ConnectionAcquire(_) => Self::Unavailable(error.into()),
            _ if cause.is_some_and(driver::is_transient) => Self::Unavailable(error.into()),
            _ => Self::Internal(error.into()),
        }
    }
}

/// Maps an error from deleting a row, which other rows may refer to.
pub(crate) fn of_delete(error: DbErr) -> Error {
    if cause(&error).is_some_and(driver::is_referenced) {
        driver::referenced()
    } else {
        error.into()
    }
}

/// Returns the driver's error, which is more detailed than SeaORM's.
fn cause(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => Some(cause),
        _ => None,
    }
}
