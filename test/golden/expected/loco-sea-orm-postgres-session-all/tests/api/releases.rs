use my_service::db;

use crate::database::TestDatabase;
use crate::support::config;

/// Records a migration that this release does not have.
async fn record(database: &TestDatabase, version: &str) {
    let statement =
        format!("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m{version}', 0)");
    database.execute(&statement).await;
}

#[tokio::test]
async fn a_release_runs_on_a_newer_schema_but_not_on_a_diverged_one() {
    let database = TestDatabase::create().await;
    let db = db::connect(&config(&database, &[])).await.unwrap();
    db::migrate(&db).await.unwrap();

    record(&database, "99991231000000").await;
    db::migrate(&db).await.unwrap();

    record(&database, "20000101000000").await;
    let error = db::migrate(&db).await.unwrap_err().to_string();
    assert!(error.contains("20000101000000"), "{error}");
    assert!(error.contains("missing"), "{error}");

    db::close(db).await;
}
