//! Migrations: the files in `migrations/`, embedded in the binary.

use sqlx::migrate::{Migrate, MigrateError, Migrator};
use tracing::warn;

use crate::db::Db;

/// The table where SQLx records applied migrations.
const TABLE: &str = "_sqlx_migrations";

/// The migrations of this release.
pub fn migrator() -> Migrator {
    let mut migrator = sqlx::migrate!();
    // `check_unknown` handles migrations that this release does not have.
    migrator.set_ignore_missing(true);
    migrator
}

/// Applies pending migrations. Safe to call from several processes at once.
pub async fn migrate(db: &Db) -> Result<(), MigrateError> {
    // SQLx takes no lock on SQLite.
    let mut transaction = db.begin_with("BEGIN IMMEDIATE").await?;
    check_unknown(&mut *transaction).await?;
    migrator().run(&mut *transaction).await?;
    transaction.commit().await?;
    Ok(())
}

/// Warns about migrations of a newer release, so that this one still starts during a rollout or
/// after a rollback; fails if the database has an older migration that this release lacks.
async fn check_unknown(connection: &mut impl Migrate) -> Result<(), MigrateError> {
    let migrator = migrator();
    let newest = migrator.iter().map(|migration| migration.version).max();

    connection.ensure_migrations_table(TABLE).await?;
    for applied in connection.list_applied_migrations(TABLE).await? {
        let version = applied.version;
        if migrator.version_exists(version) {
            continue;
        }
        if Some(version) < newest {
            return Err(MigrateError::VersionMissing(version));
        }
        warn!("the database has migration {version} from a newer release");
    }
    Ok(())
}
