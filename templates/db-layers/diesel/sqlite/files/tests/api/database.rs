use std::env;
use std::fs;
use std::path::PathBuf;

use diesel::Connection;
use diesel::connection::SimpleConnection;
use uuid::Uuid;

/// A connection on which migrations can be reverted.
pub type SyncConnection = diesel::SqliteConnection;

/// A database file in a temporary folder; deleted with this value.
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

    /// The environment variables that select it.
    pub fn variables(&self) -> [(&str, &str); 1] {
        [("DATABASE_URL", &self.url)]
    }

    /// Runs SQL on it, on a connection of its own.
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
