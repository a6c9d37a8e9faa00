use sea_orm::{ConnectionTrait, TransactionTrait};
use sea_orm_migration::DbErr;

use crate::db::Db;
use crate::db::pending::apply_pending;

/// Removes the time limit: migrations may take longer than queries.
const NO_TIMEOUT: &str = "SET LOCAL statement_timeout = 0";

/// SeaORM takes no lock; this one makes other processes wait until the transaction ends.
const LOCK: &str = "SELECT pg_advisory_xact_lock(hashtext('migrate'))";

/// Applies pending migrations. Safe to call from several processes at once.
pub async fn migrate(db: &Db) -> Result<(), DbErr> {
    let transaction = db.begin().await?;
    transaction.execute_unprepared(NO_TIMEOUT).await?;
    transaction.execute_unprepared(LOCK).await?;
    apply_pending(&transaction).await?;
    transaction.commit().await
}
