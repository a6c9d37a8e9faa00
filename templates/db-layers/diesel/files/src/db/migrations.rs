use std::error::Error;

use diesel::migration::MigrationSource;
use diesel_migrations::MigrationHarness;
use tracing::warn;

use crate::db::MIGRATIONS;
use crate::db::backend::Backend;

/// Applies pending migrations.
///
/// Only warns about migrations of a newer release, so that this one still starts during a rollout
/// or after a rollback; fails if the database has an older migration that this release lacks.
pub fn run_pending(
    connection: &mut impl MigrationHarness<Backend>,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let known = MigrationSource::<Backend>::migrations(&MIGRATIONS)?;
    let known: Vec<_> = known
        .iter()
        .map(|migration| migration.name().version())
        .collect();

    for applied in connection.applied_migrations()? {
        if known.contains(&applied) {
            continue;
        }
        if Some(&applied) < known.iter().max() {
            return Err(format!("the applied migration {applied} is missing").into());
        }
        warn!("the database has migration {applied} from a newer release");
    }
    connection.run_pending_migrations(MIGRATIONS)?;
    Ok(())
}
