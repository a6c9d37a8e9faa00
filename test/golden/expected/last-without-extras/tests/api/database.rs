/// The store in memory: there is nothing to create, and it goes away with the instance.
pub struct TestDatabase;

impl TestDatabase {
    pub async fn create() -> Self {
        Self
    }

    /// The environment variables that point the service at it.
    pub fn variables(&self) -> [(&str, &str); 0] {
        []
    }
}
