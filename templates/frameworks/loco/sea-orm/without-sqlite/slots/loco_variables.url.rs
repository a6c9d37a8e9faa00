if let Some(url) = variables.get("DATABASE_URL") {
    config.database.uri = url.to_owned();
}
