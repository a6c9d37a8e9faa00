use sea_orm::ConnectionTrait;
use sea_orm::TransactionTrait;
use sea_orm_migration::DbErr;
use sea_orm_migration::MigratorTrait;

use crate::db::Db;
use crate::db::Migrator;

/// SeaORM takes no lock of its own: this one makes other processes wait until the transaction ends.
const LOCK: &str = "SELECT pg_advisory_xact_lock(hashtext('migrate'))";

/// Applies the migrations that are missing; several processes may do so at once.
pub async fn migrate(db: &Db) -> Result<(), DbErr> {
    let transaction = db.begin().await?;
    transaction.execute_unprepared(LOCK).await?;
    Migrator::up(&transaction, None).await?;
    transaction.commit().await
}
