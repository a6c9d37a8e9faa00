/// Fails unless the caller is the owner.
pub fn must_own(self, owner: Uuid) -> Result<(), Error> {
    if self.id == owner {
        Ok(())
    } else {
        Err(Error::Forbidden("only the owner may do this"))
    }
}
