use sea_orm::SqliteTransactionMode;
use sea_orm::TransactionOptions;
use sea_orm::TransactionTrait;
use sea_orm_migration::DbErr;

use crate::db::Db;
use crate::db::pending::apply_pending;

/// Applies pending migrations. Safe to call from several processes at once.
pub async fn migrate(db: &Db) -> Result<(), DbErr> {
    // SeaORM takes no lock; this one makes other processes wait.
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let transaction = db.begin_with_options(options).await?;
    apply_pending(&transaction).await?;
    transaction.commit().await
}
