use my_service::db;

use crate::database::TestDatabase;
use crate::support::config;

#[tokio::test]
async fn migrations_can_be_reverted_and_reapplied() {
    let database = TestDatabase::create().await;
    let db = db::connect(&config(&database, &[])).await.unwrap();

    db::migrate(&db).await.unwrap();
    db::migrator().undo(&db, 0).await.unwrap();
    db::migrate(&db).await.unwrap();

    db::close(db).await;
}
