/// Stands in for a database: the in-memory store lives and dies with the service.
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
