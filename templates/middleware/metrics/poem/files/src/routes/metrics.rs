use poem::IntoResponse;
use poem::Response;
use poem::Route;
use poem::handler;
use poem::http::Method;
use poem::web::Data;

use super::methods::Methods;
use crate::error::Error;
use crate::metrics;
use crate::state::AppState;

pub fn routes(route: Route) -> Route {
    route.at(metrics::PATH, Methods::new().on(Method::GET, show))
}

#[handler]
fn show(Data(state): Data<&AppState>) -> Result<Response, Error> {
    let text = metrics::render(state).map_err(|error| Error::Internal(error.into()))?;
    Ok(text
        .with_content_type(metrics::CONTENT_TYPE)
        .into_response())
}
