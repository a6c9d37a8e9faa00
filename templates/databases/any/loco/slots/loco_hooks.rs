    /// Migrates the database, unless `RUN_MIGRATIONS` leaves that to the command `migrate`.
    async fn before_run(ctx: &AppContext) -> Result<()> {
        let AppState { config, db, .. } = AppState::from_ref(ctx);
        if config.database.run_migrations {
            // Not awaited directly, since not every layer's future is `Send` for every lifetime
            // (rust-lang/rust#96865).
            let runtime = Handle::current();
            let migrating = spawn_blocking(move || runtime.block_on(db::migrate(&db)));
            let migrated = migrating.await.map_err(Error::wrap)?;
            let migrated = migrated.context("cannot migrate the database");
            migrated.map_err(to_loco)?;
        }
        Ok(())
    }
