use sea_orm::SqliteTransactionMode;
use sea_orm::TransactionOptions;
use sea_orm::TransactionTrait;
use sea_orm_migration::DbErr;
use sea_orm_migration::MigratorTrait;

use crate::db::Db;
use crate::db::Migrator;

/// Applies the migrations that are missing; several processes may do so at once.
pub async fn migrate(db: &Db) -> Result<(), DbErr> {
    // SeaORM takes no lock of its own: this one makes the others wait.
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let transaction = db.begin_with_options(options).await?;
    Migrator::up(&transaction, None).await?;
    transaction.commit().await
}
