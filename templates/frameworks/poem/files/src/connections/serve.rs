//! Runs Poem's server on connections with deadlines.

use std::io;
use std::sync::Arc;

use http_body_util::combinators::BoxBody;
use poem::Endpoint;
use poem::EndpointExt;
use poem::IntoResponse;
use poem::Request;
use poem::Response;
use poem::Result;
use poem::Server;
use poem::http::StatusCode;
use poem::http::uri::Scheme;
use poem::listener::Acceptor;
use poem::web::LocalAddr;
use poem::web::RemoteAddr;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::Connection;
use super::Connections;
use super::Stream;
use super::body::Tracked;

impl Connections {
    /// Serves until `stop` is cancelled and all requests in flight have completed.
    pub async fn serve(
        self,
        listener: TcpListener,
        router: impl Endpoint + 'static,
        stop: CancellationToken,
    ) -> io::Result<()> {
        let acceptor = Admitting {
            listener,
            connections: self.clone(),
        };
        let endpoint = router.around({
            let connections = self.clone();
            move |next, request| track(connections.clone(), next, request)
        });
        let served = Server::new_with_acceptor(acceptor).run_with_graceful_shutdown(
            endpoint,
            stop.clone().cancelled_owned(),
            None,
        );

        tokio::select! {
            result = served => result,
            () = self.close_overdue(&stop) => Ok(()),
        }
    }

    /// Returns the connection of a request, which Poem identifies only by its addresses.
    fn of(&self, request: &Request) -> Option<Connection> {
        let local = request.local_addr().as_socket_addr()?;
        let remote = request.remote_addr().as_socket_addr()?;
        self.lock().get(&(*local, *remote)).cloned()
    }
}

struct Admitting {
    listener: TcpListener,
    connections: Connections,
}

impl Acceptor for Admitting {
    type Io = Stream;

    fn local_addr(&self) -> Vec<LocalAddr> {
        let address = self.listener.local_addr().map(Into::into);
        address.map(LocalAddr).into_iter().collect()
    }

    async fn accept(&mut self) -> io::Result<(Stream, LocalAddr, RemoteAddr, Scheme)> {
        let stream = self.connections.accept(&self.listener).await;
        let connection = stream.connection();
        let local = LocalAddr(connection.local().into());
        let remote = RemoteAddr(connection.peer().into());
        Ok((stream, local, remote, Scheme::HTTP))
    }
}

/// Tracks each request on its connection.
async fn track<E: Endpoint>(
    connections: Connections,
    next: Arc<E>,
    mut request: Request,
) -> Result<Response> {
    let Some(connection) = connections.of(&request) else {
        return Ok(next.call(request).await?.into_response());
    };
    let exchange = connection.begin();
    let body = BoxBody::from(request.take_body());
    request.set_body(BoxBody::new(Tracked::new(body, exchange.receive())));

    let mut response = next.get_response(request).await;
    if response.status() == StatusCode::SWITCHING_PROTOCOLS {
        exchange.upgrade();
        return Ok(response);
    }
    let body = BoxBody::from(response.take_body());
    response.set_body(BoxBody::new(Tracked::new(body, Some(exchange))));
    Ok(response)
}
