//! The HTTP server.

use std::io;
use std::time::Duration;

use poem::Server;
use poem::http::uri::Scheme;
use poem::listener::Acceptor;
use poem::listener::TcpAcceptor;
use poem::web::LocalAddr;
use poem::web::RemoteAddr;
use tokio::net::TcpListener;
use tokio::net::TcpStream;
use tokio::time::sleep;
use tracing::debug;
use tracing::warn;

use crate::routes;
use crate::state::AppState;

/// Serves until `state.shutdown` is cancelled and the requests in flight are answered.
pub async fn serve(listener: TcpListener, state: AppState) -> anyhow::Result<()> {
    let acceptor = Connections(TcpAcceptor::from_tokio(listener)?);
    let shutdown = state.shutdown.clone();

    Server::new_with_acceptor(acceptor)
        .run_with_graceful_shutdown(routes::router(state), shutdown.cancelled_owned(), None)
        .await?;
    Ok(())
}

/// What comes in, made ready for short answers.
struct Connections(TcpAcceptor);

impl Acceptor for Connections {
    type Io = TcpStream;

    fn local_addr(&self) -> Vec<LocalAddr> {
        self.0.local_addr()
    }

    async fn accept(&mut self) -> io::Result<(TcpStream, LocalAddr, RemoteAddr, Scheme)> {
        let accepted = self.0.accept().await;
        match &accepted {
            // Answers are written whole, so waiting for more to send (Nagle) only costs time.
            Ok((connection, ..)) => {
                if let Err(error) = connection.set_nodelay(true) {
                    debug!(%error, "cannot set TCP_NODELAY");
                }
            }
            // The server tries again at once; where it has run out of file descriptors, that would only burn time.
            Err(error) => {
                warn!(%error, "cannot take connections");
                sleep(Duration::from_millis(100)).await;
            }
        }
        accepted
    }
}
