use my_service::db;

use crate::database::TestDatabase;
use crate::support::config;

#[tokio::test]
async fn migrations_can_be_taken_back_and_applied_again() {
    let database = TestDatabase::create().await;
    let db = db::connect(&config(&database, &[]).database).await.unwrap();

    db::migrate(&db).await.unwrap();
    db::MIGRATOR.undo(&db, 0).await.unwrap();
    db::migrate(&db).await.unwrap();

    db::close(db).await;
}
