impl From<NewUser> for User {
    /// Adds a time-ordered id and the current time.
    fn from(new: NewUser) -> Self {
        let now = timestamp::now();
        Self {
            id: Uuid::now_v7(),
            name: new.name,
            email: new.email,
            created_at: now,
            updated_at: now,
        }
    }
}
