//! What a database error means for the request.

use sea_orm::DbErr;
use sea_orm::RuntimeErr;
use sea_orm::SqlErr;

use crate::error::Error;

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match &error {
            DbErr::RecordNotUpdated | DbErr::RecordNotFound(_) => Self::NotFound,
            _ if is_unique_violation(&error) => Self::Conflict,
            _ if is_outage(&error) => Self::Unavailable(error.into()),
            _ => Self::Internal(error.into()),
        }
    }
}

fn is_unique_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// Whether the database is away, busy, starting or stopping: later the request may succeed.
fn is_outage(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) => true,
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => match &**cause {
            sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed => true,
            sqlx::Error::Database(cause) => is_outage_code(cause.code().as_deref()),
            _ => false,
        },
        _ => false,
    }
}

fn is_outage_code(code: Option<&str>) -> bool {
    // Too many connections; shut down by an operator, after a crash, or not started yet.
    matches!(code, Some("53300" | "57P01" | "57P02" | "57P03"))
}
