//! How PostgreSQL reports errors. The codes are listed in appendix A of its manual.

use sqlx::error::DatabaseError;

/// Returns the column of a constraint named `<table>_<column>_<kind>`, PostgreSQL's default pattern
/// for constraint names.
pub(super) fn column(error: &dyn DatabaseError) -> Option<&str> {
    let constraint = error.constraint()?.strip_prefix(error.table()?)?;
    let (column, _kind) = constraint.strip_prefix('_')?.rsplit_once('_')?;
    Some(column)
}

/// Returns whether `ON DELETE RESTRICT` keeps the row.
pub(super) fn is_restricted(error: &dyn DatabaseError) -> bool {
    error.code().as_deref() == Some("23001")
}

pub(super) fn is_transient(error: &dyn DatabaseError) -> bool {
    let code = error.code();
    let code = code.as_deref().unwrap_or_default();
    // Connection failures.
    code.starts_with("08")
        // Insufficient resources, such as too many connections.
        || code.starts_with("53")
        // Serialization failure, deadlock, lock not available.
        || matches!(code, "40001" | "40P01" | "55P03")
        // Cancelled by a timeout; terminated by an operator or a crash; starting or stopping.
        || matches!(code, "57014" | "57P01" | "57P02" | "57P03")
}
