use std::io;

use actix_web::App;
use actix_web::HttpResponse;
use actix_web::HttpServer;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web;
use actix_web::web::Data;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::PATH;
use crate::state::AppState;

/// Serves the metrics until `stop` is cancelled.
pub async fn serve(
    listener: TcpListener,
    state: AppState,
    stop: CancellationToken,
) -> io::Result<()> {
    let state = Data::new(state);
    let app = move || {
        let route = web::resource(PATH).get(show).head(show);
        App::new().app_data(state.clone()).service(route)
    };
    let server = HttpServer::new(app)
        .workers(1)
        .shutdown_signal(stop.cancelled_owned())
        .listen(listener.into_std()?)?
        .run();
    server.await
}

async fn show(state: Data<AppState>) -> HttpResponse {
    match super::render(&state) {
        Some(text) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, super::CONTENT_TYPE))
            .body(text),
        None => HttpResponse::InternalServerError().finish(),
    }
}
