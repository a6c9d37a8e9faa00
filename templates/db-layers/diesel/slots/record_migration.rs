let statement =
    format!("INSERT INTO __diesel_schema_migrations (version) VALUES ('{version}')");
