/// Stands in for a database, because the in-memory store is created and dropped with the service.
pub struct TestDatabase;

impl TestDatabase {
    pub async fn create() -> Self {
        Self
    }

    /// Returns the environment variables that select this database.
    pub fn variables(&self) -> [(&str, &str); 0] {
        []
    }
}
