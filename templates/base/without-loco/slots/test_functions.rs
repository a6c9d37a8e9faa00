/// Starts an instance of the service with only these environment variables.
pub async fn start(database: &TestDatabase, variables: &[(&str, &str)]) -> anyhow::Result<App> {
    let config = Config::read(&environment(database, variables))?;
    App::start(config).await
}
