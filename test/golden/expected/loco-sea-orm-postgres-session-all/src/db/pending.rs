use std::collections::BTreeSet;

use sea_orm::DatabaseTransaction;
use sea_orm_migration::{DbErr, MigratorTrait};
use tracing::warn;

use crate::db::Migrator;

/// Applies pending migrations.
///
/// Only warns about migrations of a newer release, so that this one still starts during a rollout
/// or after a rollback; fails if the database has an older migration that this release lacks.
pub(super) async fn apply_pending(connection: &DatabaseTransaction) -> Result<(), DbErr> {
    let known = Migrator::migrations();
    let known: BTreeSet<_> = known.iter().map(|migration| migration.name()).collect();
    let applied = Migrator::get_migration_models(connection).await?;
    let applied: BTreeSet<_> = applied.iter().map(|row| row.version.as_str()).collect();

    let unknown: Vec<_> = applied.difference(&known).copied().collect();
    let newest = known.last().copied();
    let are_newer = unknown.iter().all(|&name| Some(name) > newest);
    if !known.is_subset(&applied) || !are_newer {
        return Migrator::up(connection, None).await;
    }
    for name in unknown {
        warn!("the database has migration {name} from a newer release");
    }
    Ok(())
}
