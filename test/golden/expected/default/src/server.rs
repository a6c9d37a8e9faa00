//! The HTTP server.

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::connections::Connections;
use crate::routes;
use crate::state::AppState;

/// Serves until `stop` is cancelled and all requests in flight have completed.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let connections = Connections::new(&state.config);
    let router = routes::router(state);
    connections.serve(listener, router, stop).await?;
    Ok(())
}
