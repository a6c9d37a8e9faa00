use std::path::PathBuf;
use std::{env, fs};

use sqlx::{AssertSqlSafe, Connection, Executor, SqliteConnection};
use uuid::Uuid;

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
        let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
        let statement = AssertSqlSafe(statement.to_owned());
        connection.execute(statement).await.unwrap();
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).ok();
    }
}
