// The database and its write-ahead log.
let other_files = other_files + 2 * u64::from(config.database.max_connections.get());
