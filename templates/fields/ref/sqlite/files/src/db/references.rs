//! Finds out which reference is to a missing row, because SQLite does not say it.

use crate::error::Error;

/// Checks that the row was found that a field refers to.
pub(crate) fn check<T>(field: &str, found: Result<T, Error>) -> Result<(), Error> {
    match found {
        Ok(_) => Ok(()),
        Err(Error::NotFound) => Err(Error::missing(field)),
        Err(error) => Err(error),
    }
}
