use std::io;

use poem::EndpointExt;
use poem::IntoResponse;
use poem::Response;
use poem::Route;
use poem::Server;
use poem::get;
use poem::handler;
use poem::http::StatusCode;
use poem::listener::TcpAcceptor;
use poem::web::Data;
use tokio::net::TcpListener;

use super::PATH;
use crate::state::AppState;

/// Serves the metrics until the service stops.
pub async fn serve(listener: TcpListener, state: AppState) -> io::Result<()> {
    let stop = state.shutdown.clone().cancelled_owned();
    let route = Route::new().at(PATH, get(show).head(show)).data(state);
    Server::new_with_acceptor(TcpAcceptor::from_tokio(listener)?)
        .run_with_graceful_shutdown(route, stop, None)
        .await
}

#[handler]
fn show(Data(state): Data<&AppState>) -> Response {
    match super::render(state) {
        Some(text) => text.with_content_type(super::CONTENT_TYPE).into_response(),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
