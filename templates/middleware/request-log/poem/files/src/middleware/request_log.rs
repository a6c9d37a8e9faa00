//! One log line per request.

mod line;

use std::sync::Arc;
use std::sync::OnceLock;

use poem::Endpoint;
use poem::IntoResponse;
use poem::PathPattern;
use poem::Request;
use poem::Response;
use poem::Result;

use line::Line;

/// Logs the request once there is a response or the client disconnects. Poem's own `Tracing` logs
/// no request that is cut short, and the query string of every other.
pub struct Log<E>(pub E);

impl<E: Endpoint> Endpoint for Log<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let client = request.remote_addr().as_socket_addr();
        let client = client.map(|address| address.ip());
        let line = Line::begin(request.method(), request.uri(), client);
        let route = Route::default();
        request.set_data(route.clone());
        let mut routed = RoutedLine { line, route };

        let response = self.0.call(request).await?.into_response();
        routed.line.status = Some(response.status().as_u16());
        Ok(response)
    }
}

/// The matched route, shared with the router: a request that is cut short, for example by a
/// timeout, has no response to read it from.
#[derive(Clone, Default)]
struct Route(Arc<OnceLock<PathPattern>>);

/// Records the matched route.
pub fn note_route(request: &Request) {
    if let (Some(Route(route)), Some(pattern)) = (request.data(), request.data::<PathPattern>()) {
        route.get_or_init(|| pattern.clone());
    }
}

/// Adds the route to the line just before it is written.
struct RoutedLine {
    line: Line,
    route: Route,
}

impl Drop for RoutedLine {
    fn drop(&mut self) {
        let Route(route) = &self.route;
        self.line.route = route.get().map(|pattern| pattern.0.to_string());
    }
}
