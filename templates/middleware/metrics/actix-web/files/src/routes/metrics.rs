use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::Data;
use actix_web::web::ServiceConfig;

use super::resource;
use crate::error::Error;
use crate::metrics;
use crate::state::AppState;

pub fn configure(config: &mut ServiceConfig) {
    config.service(resource(metrics::PATH).get(show).head(show));
}

async fn show(state: Data<AppState>) -> Result<HttpResponse, Error> {
    let text = metrics::render(&state).map_err(|error| Error::Internal(error.into()))?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, metrics::CONTENT_TYPE))
        .body(text))
}
