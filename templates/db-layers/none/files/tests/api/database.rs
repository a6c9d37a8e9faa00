/// Stands for the in-memory store, which is created and dropped with the service.
pub struct TestDatabase;

impl TestDatabase {
    pub async fn create() -> Self {
        Self
    }

    /// The environment variables that select it.
    pub fn variables(&self) -> [(&str, &str); 0] {
        []
    }
}
