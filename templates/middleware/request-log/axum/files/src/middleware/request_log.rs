//! One log line per request.

mod line;

use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use axum::extract::MatchedPath;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

use line::Line;

/// Logs the request once there is a response or the client disconnects.
pub async fn log(request: Request, next: Next) -> Response {
    let extensions = request.extensions();
    let client: Option<&ConnectInfo<SocketAddr>> = extensions.get();
    let client = client.map(|ConnectInfo(address)| address.ip());
    let mut line = Line::begin(request.method(), request.uri(), client);
    let route: Option<&MatchedPath> = extensions.get();
    line.route = route.map(|route| route.as_str().to_owned());

    let response = next.run(request).await;
    line.status = Some(response.status().as_u16());
    response
}
