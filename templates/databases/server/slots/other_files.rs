let other_files = other_files + u64::from(config.database.max_connections.get());
