/// Boots the app with only these environment variables, without a server.
pub async fn boot(
    database: &TestDatabase,
    variables: &[(&str, &str)],
) -> loco_rs::Result<BootResult> {
    let config = Config::read_file(&LocoEnvironment::Test, environment(database, variables))?;
    App::boot(StartMode::ServerOnly, &LocoEnvironment::Test, config).await
}

/// Starts an instance of the service with only these environment variables.
pub async fn start(database: &TestDatabase, variables: &[(&str, &str)]) -> anyhow::Result<Server> {
    Server::start(boot(database, variables).await?).await
}
