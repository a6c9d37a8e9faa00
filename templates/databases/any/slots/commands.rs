[Some("migrate")] => commands::migrate::run().await,
