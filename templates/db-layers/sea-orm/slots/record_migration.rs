let statement =
    format!("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m{version}', 0)");
