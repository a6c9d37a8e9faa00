use uuid::Uuid;

use crate::error::Error;

/// The user whom a request comes from; a handler that takes it is for users who are signed in.
pub struct Caller {
    pub id: Uuid,
}

impl Caller {
    /// Refuses what only that user itself may do.
    pub fn must_be(&self, user: Uuid) -> Result<(), Error> {
        if self.id == user {
            Ok(())
        } else {
            Err(Error::Forbidden("only the user itself may do this"))
        }
    }
}
