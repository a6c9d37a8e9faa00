//! The meaning of database errors for the request.

use sea_orm::DbErr;
use sea_orm::RuntimeErr;

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

/// The error for a request that deletes a row: others may refer to it.
pub(super) fn of_delete(error: DbErr) -> Error {
    if cause(&error).is_some_and(driver::is_referenced) {
        driver::referenced()
    } else {
        error.into()
    }
}

/// The error of the driver, which says more than SeaORM's.
fn cause(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => Some(cause),
        _ => None,
    }
}
