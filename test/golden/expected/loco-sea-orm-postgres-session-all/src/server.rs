//! The HTTP server.

use axum::Router;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::config::Config;
use crate::connections::Connections;

/// Serves until `stop` is cancelled and all requests in flight have completed.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    config: &Config,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let connections = Connections::new(config);
    connections.serve(listener, router, stop).await?;
    Ok(())
}
