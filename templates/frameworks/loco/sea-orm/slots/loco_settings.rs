let (uri, most) = (config.database.uri.clone(), config.database.max_connections);
settings.insert("database_url".to_owned(), uri.into());
settings.insert("database_max_connections".to_owned(), most.into());
