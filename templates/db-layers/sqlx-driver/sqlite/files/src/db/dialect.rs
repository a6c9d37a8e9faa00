//! How SQLite reports errors: <https://www.sqlite.org/rescode.html>.

use sqlx::error::DatabaseError;

/// The first column of "UNIQUE constraint failed: users.email". SQLite names no column for a foreign key.
pub(super) fn column(error: &dyn DatabaseError) -> Option<&str> {
    let (_, columns) = error.message().split_once(": ")?;
    let (_table, column) = columns.split(", ").next()?.split_once('.')?;
    Some(column)
}

/// Whether `ON DELETE RESTRICT` keeps the row: SQLITE_CONSTRAINT_TRIGGER.
pub(super) fn is_restricted(error: &dyn DatabaseError) -> bool {
    error.code().as_deref() == Some("1811")
}

/// Whether another connection holds the lock: SQLITE_BUSY or SQLITE_LOCKED, in the low byte of a more precise code.
pub(super) fn is_transient(error: &dyn DatabaseError) -> bool {
    let code = error.code().and_then(|code| code.parse::<u32>().ok());
    code.is_some_and(|code| matches!(code & 0xff, 5 | 6))
}
