use std::io;

use poem::EndpointExt;
use poem::IntoResponse;
use poem::Response;
use poem::Route;
use poem::get;
use poem::handler;
use poem::http::StatusCode;
use poem::web::Data;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::PATH;
use crate::connections::Connections;
use crate::state::AppState;

/// How many connections may be open.
const CONNECTIONS: usize = 16;

/// Serves the metrics until `stop` is cancelled.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    stop: CancellationToken,
) -> io::Result<()> {
    let connections = Connections::with_limit(CONNECTIONS, &state.config.server);
    let route = Route::new().at(PATH, get(show).head(show)).data(state);
    connections.serve(listener, route, stop).await
}

#[handler]
fn show(Data(state): Data<&AppState>) -> Response {
    match super::render(state) {
        Some(text) => text.with_content_type(super::CONTENT_TYPE).into_response(),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
