//! Finds the rows that are deleted with others.

use std::collections::BTreeMap;
use std::collections::HashSet;

use uuid::Uuid;

use crate::error::Error;

/// A row that refers to others, by id.
pub(super) trait Refer {
    /// Returns the rows with which it is deleted.
    fn owners(&self) -> Vec<Option<Uuid>>;

    /// Returns the other rows, which cannot be deleted before it.
    fn others(&self) -> Vec<Option<Uuid>>;
}

/// The ids of rows that are deleted together; no two tables have the same.
pub(super) struct Deletion(HashSet<Uuid>);

impl Deletion {
    /// Returns the deletion of a single row.
    pub(super) fn of(id: Uuid) -> Self {
        Self(HashSet::from([id]))
    }

    /// Adds the rows of a table that are deleted with these, and with one another.
    pub(super) fn with(mut self, rows: &BTreeMap<Uuid, impl Refer>) -> Self {
        loop {
            let staying = rows.iter().filter(|(id, _)| !self.0.contains(id));
            let owned = staying.filter(|(_, row)| self.has_one(row.owners()));
            let ids: Vec<Uuid> = owned.map(|(id, _)| *id).collect();
            if ids.is_empty() {
                return self;
            }
            self.0.extend(ids);
        }
    }

    /// Fails if another row of a table refers to one of these.
    pub(super) fn check(&self, rows: &BTreeMap<Uuid, impl Refer>) -> Result<(), Error> {
        let mut staying = rows.iter().filter(|(id, _)| !self.0.contains(id));
        match staying.any(|(_, row)| self.has_one(row.others())) {
            true => Err(Error::referenced()),
            false => Ok(()),
        }
    }

    /// Removes these rows from a table.
    pub(super) fn remove_from<T>(&self, rows: &mut BTreeMap<Uuid, T>) {
        rows.retain(|id, _| !self.0.contains(id));
    }

    fn has_one(&self, ids: Vec<Option<Uuid>>) -> bool {
        ids.into_iter().flatten().any(|id| self.0.contains(&id))
    }
}
