//! Runs Axum's server on connections with deadlines.

use std::io;
use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::serve::{IncomingStream, Listener};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::body::Tracked;
use super::{Connection, Connections, Stream};

impl Connections {
    /// Serves until `stop` is cancelled and all requests in flight have completed.
    pub async fn serve(
        self,
        listener: TcpListener,
        router: Router,
        stop: CancellationToken,
    ) -> io::Result<()> {
        let listener = Admitting {
            listener,
            connections: self.clone(),
        };
        let service = router
            .layer(from_fn(track))
            .into_make_service_with_connect_info::<Connection>();
        let served =
            axum::serve(listener, service).with_graceful_shutdown(stop.clone().cancelled_owned());

        tokio::select! {
            result = served => result,
            () = self.close_overdue(&stop) => Ok(()),
        }
    }
}

struct Admitting {
    listener: TcpListener,
    connections: Connections,
}

impl Listener for Admitting {
    type Io = Stream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Stream, SocketAddr) {
        let stream = self.connections.accept(&self.listener).await;
        let peer = stream.connection().peer();
        (stream, peer)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Connected<IncomingStream<'_, Admitting>> for Connection {
    fn connect_info(stream: IncomingStream<'_, Admitting>) -> Self {
        stream.io().connection().clone()
    }
}

/// Tracks each request on its connection, and passes the client's address to handlers.
async fn track(
    ConnectInfo(connection): ConnectInfo<Connection>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = ConnectInfo(connection.peer());
    request.extensions_mut().insert(peer);

    let exchange = connection.begin();
    let request = request.map(|body| Body::new(Tracked::new(body, exchange.receive())));
    let response = next.run(request).await;

    if response.status() == StatusCode::SWITCHING_PROTOCOLS {
        exchange.upgrade();
        return response;
    }
    response.map(|body| Body::new(Tracked::new(body, Some(exchange))))
}
