use std::env;
use std::fs;
use std::path::PathBuf;

use uuid::Uuid;

/// A database file in a folder that goes away with it.
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

    /// The environment variables that point the service at it.
    pub fn variables(&self) -> [(&str, &str); 1] {
        [("DATABASE_URL", &self.url)]
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).ok();
    }
}
