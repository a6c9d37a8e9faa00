//! Runs Axum's server on connections with deadlines.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::task::{Context, Poll};
use std::{io, mem};

use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::{ConnectInfo, Request};
use axum::http::StatusCode;
use axum::response::Response;
use axum::serve::{IncomingStream, Listener};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower::{Layer, Service};

use super::body::Tracked;
use super::connection::Exchange;
use super::{Connection, Connections, Stream};
use crate::middleware::wrap::{Middleware, Wrap, Wrapped};

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
        let served = axum::serve(listener, Tracking(router))
            .with_graceful_shutdown(stop.clone().cancelled_owned());

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

/// Makes the service of each connection.
struct Tracking(Router);

impl Service<IncomingStream<'_, Admitting>> for Tracking {
    type Response = Wrapped<Track, Router>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, stream: IncomingStream<'_, Admitting>) -> Self::Future {
        let Self(router) = self;
        let track = Track(stream.io().connection().clone());
        ready(Ok(Wrap(track).layer(router.clone())))
    }
}

/// Tracks each request on its connection, and passes the client's address to handlers.
#[derive(Clone)]
struct Track(Connection);

impl Middleware for Track {
    type State = Exchange;

    fn before(&self, request: &mut Request) -> ControlFlow<Response, Exchange> {
        let Self(connection) = self;
        let peer = ConnectInfo(connection.peer());
        request.extensions_mut().insert(peer);

        let exchange = connection.begin();
        if !request.body().is_end_stream() {
            let body = mem::take(request.body_mut());
            *request.body_mut() = Body::new(Tracked::new(body, exchange.receive()));
        }
        ControlFlow::Continue(exchange)
    }

    fn after(exchange: Exchange, response: &mut Response) {
        if response.status() == StatusCode::SWITCHING_PROTOCOLS {
            exchange.upgrade();
        } else {
            let body = mem::take(response.body_mut());
            *response.body_mut() = Body::new(Tracked::new(body, Some(exchange)));
        }
    }
}
