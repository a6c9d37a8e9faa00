if config.database.run_migrations {
    db::migrate(&db)
        .await
        .context("cannot migrate the database")?;
}
