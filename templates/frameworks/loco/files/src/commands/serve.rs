use loco_rs::app::Hooks;
use loco_rs::boot::StartMode;
use loco_rs::environment::resolve_from_env;

use crate::app::App;
use crate::config::Config;
use crate::server::Server;
use crate::shutdown;
use crate::telemetry;

/// Serves until the process receives a stop signal, then finishes the requests in flight. Boots the
/// app as `cargo loco start` does.
pub async fn run() -> anyhow::Result<()> {
    let environment = resolve_from_env().into();
    let config = App::load_config(&environment).await?;
    telemetry::init(&Config::of(&config)?)?;

    let stop = shutdown::signal()?;
    let booted = App::boot(StartMode::ServerOnly, &environment, config).await?;
    Server::start(booted).await?.run(stop).await
}
