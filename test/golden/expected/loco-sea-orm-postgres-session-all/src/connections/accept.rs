//! Accepts new connections.

use std::io;
use std::io::ErrorKind;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::time::sleep;
use tracing::warn;

use super::{Connections, Stream};

/// How long to wait for a connection to close if too many are open.
const PAUSE: Duration = Duration::from_millis(5);

/// How long to wait after a failed accept, which would fail again immediately.
const RETRY: Duration = Duration::from_millis(100);

impl Connections {
    /// Waits for the next connection; over the limit, until another one has been closed.
    pub async fn accept(&self, listener: &TcpListener) -> Stream {
        loop {
            while self.lock().len() >= self.most() {
                self.make_room(1);
                sleep(PAUSE).await;
            }
            match self.try_accept(listener).await {
                Ok(stream) => return stream,
                // The client has disconnected.
                Err(error) if is_of_client(&error) => {}
                Err(error) => {
                    warn!(%error, "cannot accept connections");
                    sleep(RETRY).await;
                }
            }
        }
    }

    async fn try_accept(&self, listener: &TcpListener) -> io::Result<Stream> {
        let (socket, _) = listener.accept().await?;
        self.admit(socket)
    }
}

fn is_of_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset | ErrorKind::NotConnected
    )
}
