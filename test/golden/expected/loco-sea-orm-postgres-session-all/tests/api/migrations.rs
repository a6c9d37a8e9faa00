use sea_orm_migration::MigratorTrait;

use my_service::db;
use my_service::db::Migrator;

use crate::database::TestDatabase;
use crate::support::config;

#[tokio::test]
async fn migrations_can_be_reverted_and_reapplied() {
    let database = TestDatabase::create().await;
    let db = db::connect(&config(&database, &[])).await.unwrap();

    db::migrate(&db).await.unwrap();
    Migrator::down(&db, None).await.unwrap();
    db::migrate(&db).await.unwrap();

    db::close(db).await;
}

#[tokio::test]
async fn several_processes_can_apply_the_migrations_at_once() {
    let database = TestDatabase::create().await;
    let config = config(&database, &[]);
    let one = db::connect(&config).await.unwrap();
    let other = db::connect(&config).await.unwrap();

    for _ in ["an empty database", "a migrated database"] {
        tokio::try_join!(db::migrate(&one), db::migrate(&other)).unwrap();
        Migrator::down(&one, None).await.unwrap();
    }

    db::close(one).await;
    db::close(other).await;
}
