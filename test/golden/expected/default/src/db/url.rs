//! The value of DATABASE_URL.

use std::fmt;
use std::str::FromStr;

use sqlx::sqlite::SqliteConnectOptions;

/// The location of the database.
#[derive(Clone)]
pub struct Url(pub(super) SqliteConnectOptions);

impl FromStr for Url {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // SQLx accepts any scheme.
        let path = text.strip_prefix("sqlite:").ok_or(())?;
        if is_file(path) {
            text.parse().map(Self).map_err(drop)
        } else {
            Err(())
        }
    }
}

/// Returns whether the database is a file. An in-memory database would exist only within one
/// connection, so others could not see it.
fn is_file(path: &str) -> bool {
    let path = path.strip_prefix("//").unwrap_or(path);
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    !path.is_empty() && !path.contains(":memory:") && !query.contains("mode=memory")
}

/// Writes the path only.
impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.get_filename().display())
    }
}
