//! How SQLite reports errors: <https://www.sqlite.org/rescode.html>.

use sqlx::error::DatabaseError;

/// Returns the first column in "UNIQUE constraint failed: users.email". For a foreign key, SQLite
/// names no column.
pub(super) fn column(error: &dyn DatabaseError) -> Option<&str> {
    let (_, columns) = error.message().split_once(": ")?;
    let (_table, column) = columns.split(", ").next()?.split_once('.')?;
    Some(column)
}

/// Returns whether `ON DELETE RESTRICT` keeps the row (SQLITE_CONSTRAINT_TRIGGER).
pub(super) fn is_restricted(error: &dyn DatabaseError) -> bool {
    error.code().as_deref() == Some("1811")
}

/// Returns whether another connection holds the lock: SQLITE_BUSY or SQLITE_LOCKED, stored in the
/// low byte of an extended code.
pub(super) fn is_transient(error: &dyn DatabaseError) -> bool {
    let code = error.code().and_then(|code| code.parse::<u32>().ok());
    code.is_some_and(|code| matches!(code & 0xff, 5 | 6))
}
