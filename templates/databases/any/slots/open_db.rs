let db = db::connect(&config.database)
    .await
    .context("cannot connect to the database")?;
if config.database.run_migrations {
    db::migrate(&db)
        .await
        .context("cannot migrate the database")?;
}
