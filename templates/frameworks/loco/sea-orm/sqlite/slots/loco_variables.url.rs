if let Some(url) = variables.get("DATABASE_URL") {
    // Creates the file, as the pool of src/db/ does.
    let (path, _) = url.split_once('?').unwrap_or((url, ""));
    config.database.uri = format!("{path}?mode=rwc");
}
