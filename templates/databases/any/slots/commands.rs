["migrate"] => commands::migrate::run().await,
