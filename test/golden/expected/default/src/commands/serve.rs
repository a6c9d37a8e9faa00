use crate::app::App;
use crate::config::Config;
use crate::{shutdown, telemetry};

/// Serves until the process receives a stop signal, then finishes the requests in flight.
pub async fn run() -> anyhow::Result<()> {
    let config = Config::from_env()?;
    telemetry::init(&config)?;

    let stop = shutdown::signal()?;
    App::start(config).await?.run(stop).await
}
