//! One log line per request.

mod line;

use std::net::SocketAddr;
use std::ops::ControlFlow;

use axum::extract::{ConnectInfo, MatchedPath, Request};
use axum::response::Response;

use super::wrap::{Middleware, Wrap};
use line::Line;

/// Logs the request once there is a response or the client disconnects.
pub fn layer() -> Wrap<Log> {
    Wrap(Log)
}

#[derive(Clone)]
pub struct Log;

impl Middleware for Log {
    type State = Line;

    fn before(&self, request: &mut Request) -> ControlFlow<Response, Line> {
        let extensions = request.extensions();
        let client: Option<&ConnectInfo<SocketAddr>> = extensions.get();
        let client = client.map(|ConnectInfo(address)| address.ip());
        let mut line = Line::begin(request.method(), request.uri(), client);
        let route: Option<&MatchedPath> = extensions.get();
        line.route = route.map(|route| route.as_str().to_owned());
        ControlFlow::Continue(line)
    }

    fn after(mut line: Line, response: &mut Response) {
        line.status = Some(response.status().as_u16());
    }
}
