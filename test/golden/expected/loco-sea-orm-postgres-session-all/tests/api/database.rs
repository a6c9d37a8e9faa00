use std::thread;

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection, Executor};
use tokio::runtime;
use uuid::Uuid;

use my_service::config::Environment;

/// A new database on the server of DATABASE_URL; dropped when this value is dropped.
pub struct TestDatabase {
    server: PgConnectOptions,
    name: String,
    url: String,
}

impl TestDatabase {
    pub async fn create() -> Self {
        let environment = Environment::load().unwrap();
        let url = environment.get("DATABASE_URL").expect(
            "DATABASE_URL is not set: the tests need PostgreSQL and a user that may create databases",
        );
        let server: PgConnectOptions = url.parse().unwrap();
        let name = format!("test_{}", Uuid::now_v7().simple());
        let url = server.clone().database(&name).to_url_lossy().into();

        execute(&server, format!("CREATE DATABASE {name}")).await;
        Self { server, name, url }
    }

    /// Returns the environment variables that select this database.
    pub fn variables(&self) -> [(&str, &str); 1] {
        [("DATABASE_URL", &self.url)]
    }

    /// Runs SQL on a separate connection to this database.
    pub async fn execute(&self, statement: &str) {
        let database = self.server.clone().database(&self.name);
        execute(&database, statement.to_owned()).await;
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let server = self.server.clone();
        let statement = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        // A new thread: `drop` cannot await, and must not block the test's runtime.
        let dropping = thread::spawn(move || {
            let runtime = runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(execute(&server, statement));
        });
        dropping.join().ok();
    }
}

async fn execute(server: &PgConnectOptions, statement: String) {
    let mut connection = server.connect().await.unwrap();
    connection.execute(AssertSqlSafe(statement)).await.unwrap();
    connection.close().await.unwrap();
}
