use std::env;
use std::fs;
use std::path::PathBuf;

use diesel::Connection;
use diesel::connection::SimpleConnection;
use uuid::Uuid;

/// A connection that can revert migrations.
pub type SyncConnection = diesel::SqliteConnection;

/// A database file in a temporary folder; deleted when this value is dropped.
pub struct TestDatabase {
    url: String,
    folder: PathBuf,
}

impl TestDatabase {
    pub async fn create() -> Self {
        let folder = env::temp_dir().join(format!("test-{}", Uuid::now_v7()));
        fs::create_dir(&folder).unwrap();
        let url = format!("sqlite://{}", folder.join("test.db").display());
        Self { url, folder }
    }

    /// Returns the environment variables that select this database.
    pub fn variables(&self) -> [(&str, &str); 1] {
        [("DATABASE_URL", &self.url)]
    }

    /// Runs SQL on a separate connection to this database.
    pub async fn execute(&self, statement: &str) {
        let mut connection = SyncConnection::establish(&self.url).unwrap();
        connection.batch_execute(statement).unwrap();
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).ok();
    }
}
