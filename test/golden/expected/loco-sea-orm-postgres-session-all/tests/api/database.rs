use std::thread;

use sqlx::AssertSqlSafe;
use sqlx::ConnectOptions as _;
use sqlx::Connection;
use sqlx::Executor;
use sqlx::postgres::PgConnectOptions;
use tokio::runtime;
use uuid::Uuid;

use my_service::config;

/// A database beside the one of DATABASE_URL, dropped with it.
pub struct TestDatabase {
    server: PgConnectOptions,
    name: String,
    url: String,
}

impl TestDatabase {
    pub async fn create() -> Self {
        let url = config::environment().unwrap()("DATABASE_URL").expect(
            "DATABASE_URL is not set: the tests need PostgreSQL, and a user that may create databases",
        );
        let server: PgConnectOptions = url.parse().unwrap();
        let name = format!("test_{}", Uuid::now_v7().simple());
        let url = server.clone().database(&name).to_url_lossy().into();

        execute(&server, format!("CREATE DATABASE {name}")).await;
        Self { server, name, url }
    }

    /// The environment variables that point the service at it.
    pub fn variables(&self) -> [(&str, &str); 1] {
        [("DATABASE_URL", &self.url)]
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let server = self.server.clone();
        let statement = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        // `drop` cannot wait for the test's own runtime.
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
