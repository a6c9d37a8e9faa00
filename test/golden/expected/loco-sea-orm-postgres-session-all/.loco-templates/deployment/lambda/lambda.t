to: src/bin/lambda.rs
skip_exists: true
message: "The entry point for AWS Lambda was added. Deploy it with `cargo lambda build --release` and `cargo lambda deploy`."
injections:
- into: Cargo.toml
  after: '\[dependencies\]'
  content: 'lambda_http = "1.3"'
- into: Cargo.toml
  skip_if: "default-run"
  after: '^version = '
  content: 'default-run = "my-service"'
---
//! Serves the app on AWS Lambda, with the settings of `LOCO_ENV`. Workers and the scheduler need
//! a process of their own.

use std::net::{Ipv4Addr, SocketAddr};

use axum::extract::connect_info::MockConnectInfo;
use lambda_http::{Error, run};
use loco_rs::app::Hooks;
use loco_rs::boot::StartMode;
use loco_rs::environment::resolve_from_env;

use {{ pkg_name }}::app::App;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let environment = resolve_from_env().into();
    let config = App::load_config(&environment).await?;
    let app = App::boot(StartMode::ServerOnly, &environment, config).await?;
    App::init_logger(&app.app_context)?;

    let router = app.router.ok_or("the app has no router")?;
    // Lambda does not report the peer; X-Forwarded-For has the client.
    let peer = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    run(router.layer(MockConnectInfo(peer))).await
}
