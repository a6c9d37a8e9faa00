use sea_orm::ConnectionTrait;
use sea_orm::DatabaseTransaction;
use sea_orm::DbBackend;
use sea_orm::Statement;
use sea_orm::TransactionTrait;
use sea_orm_migration::DbErr;
use sqlx::mysql::MySqlConnectOptions;
use sqlx::mysql::MySqlPoolOptions;

use crate::db::Db;
use crate::db::pending::apply_pending;

/// SeaORM takes no lock. Locks are global to the server, so the name includes the database. The
/// wait is limited to an hour, because MariaDB cannot wait indefinitely.
const LOCK: &str = "SELECT GET_LOCK(SHA1(CONCAT('migrate ', DATABASE())), 3600)";
const UNLOCK: &str = "SELECT RELEASE_LOCK(SHA1(CONCAT('migrate ', DATABASE())))";

/// Applies pending migrations. Safe to call from several processes at once.
pub async fn migrate(db: &Db) -> Result<(), DbErr> {
    // A connection without the pool's limits: migrations may take longer than queries.
    let options = db.get_mysql_connection_pool().connect_options();
    let unlimited: Db = MySqlPoolOptions::new()
        .max_connections(1)
        .connect_lazy_with(MySqlConnectOptions::clone(&options))
        .into();

    // Stays on one connection, which owns the lock; MySQL commits each schema change implicitly.
    let connection = unlimited.begin().await?;
    if !run(&connection, LOCK).await? {
        let reason = "another process has been migrating for an hour";
        return Err(DbErr::Migration(reason.to_owned()));
    }
    let migrated = apply_pending(&connection).await;
    run(&connection, UNLOCK).await?;
    connection.commit().await?;
    unlimited.close().await?;
    migrated
}

/// Runs a lock function; returns whether its result was 1, which means success.
async fn run(connection: &DatabaseTransaction, function: &str) -> Result<bool, DbErr> {
    let statement = Statement::from_string(DbBackend::MySql, function);
    let row = connection.query_one_raw(statement).await?;
    match row {
        Some(row) => Ok(row.try_get_by_index::<Option<i64>>(0)? == Some(1)),
        None => Ok(false),
    }
}
