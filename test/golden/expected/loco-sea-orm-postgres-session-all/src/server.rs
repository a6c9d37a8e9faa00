//! The HTTP server.

use std::net::SocketAddr;

use axum::Router;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing::debug;

/// Serves until `shutdown` is cancelled and the requests in flight are answered.
pub async fn serve(
    listener: TcpListener,
    service: Router,
    shutdown: CancellationToken,
) -> anyhow::Result<()> {
    // Answers are written whole, so waiting for more to send (Nagle) only costs time.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            debug!(%error, "cannot set TCP_NODELAY");
        }
    });

    // Only the connection knows the address of the peer.
    let service = service.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(shutdown.cancelled_owned())
        .await?;
    Ok(())
}
