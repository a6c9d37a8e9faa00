use uuid::Uuid;

use crate::error::Error;

/// The signed-in user who sent a request.
#[derive(Clone, Copy)]
pub struct Caller {
    pub id: Uuid,
}

impl Caller {
    /// Fails unless the account is the caller's own.
    pub fn must_be(self, user: Uuid) -> Result<(), Error> {
        if self.id == user {
            Ok(())
        } else {
            Err(Error::Forbidden("you may change only your own account"))
        }
    }
}
