use sea_orm::ConnectionTrait;
use sea_orm::DatabaseTransaction;
use sea_orm::DbBackend;
use sea_orm::Statement;
use sea_orm::TransactionTrait;
use sea_orm_migration::DbErr;
use sea_orm_migration::MigratorTrait;

use crate::db::Db;
use crate::db::Migrator;

/// SeaORM takes no lock of its own. Names of locks are the server's, so the name of the database is part of it;
/// it waits for an hour, as MariaDB refuses to wait without end.
const LOCK: &str = "SELECT GET_LOCK(SHA1(CONCAT('migrate ', DATABASE())), 3600)";
const UNLOCK: &str = "SELECT RELEASE_LOCK(SHA1(CONCAT('migrate ', DATABASE())))";

/// Applies the migrations that are missing; several processes may do so at once.
pub async fn migrate(db: &Db) -> Result<(), DbErr> {
    // Keeps to one connection, which the lock belongs to; MySQL commits each change of a table by itself.
    let connection = db.begin().await?;
    if !run(&connection, LOCK).await? {
        let reason = "another process has been migrating for an hour";
        return Err(DbErr::Migration(reason.to_owned()));
    }
    let migrated = Migrator::up(&connection, None).await;
    run(&connection, UNLOCK).await?;
    connection.commit().await?;
    migrated
}

/// Whether the function of locks that is asked for gives 1, which is success.
async fn run(connection: &DatabaseTransaction, function: &str) -> Result<bool, DbErr> {
    let statement = Statement::from_string(DbBackend::MySql, function);
    let row = connection.query_one_raw(statement).await?;
    match row {
        Some(row) => Ok(row.try_get_by_index::<Option<i64>>(0)? == Some(1)),
        None => Ok(false),
    }
}
