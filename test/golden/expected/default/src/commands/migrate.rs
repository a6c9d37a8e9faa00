use anyhow::Context;
use tracing::info;

use crate::config::Config;
use crate::{db, telemetry};

/// Applies pending migrations.
pub async fn run() -> anyhow::Result<()> {
    let config = Config::from_env()?;
    telemetry::init(&config)?;

    let db = db::connect(&config).await?;
    db::migrate(&db)
        .await
        .context("cannot migrate the database")?;
    info!("the database is up to date");
    db::close(db).await;
    Ok(())
}
