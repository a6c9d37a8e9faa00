//! Errors as RFC 9457 problem documents, those of the router and of layers included.

use std::error::Error as _;
use std::sync::Arc;

use poem::Endpoint;
use poem::IntoResponse;
use poem::Request;
use poem::Response;
use poem::Result;
use poem::http::HeaderValue;
use poem::http::StatusCode;
use poem::http::header::CONTENT_TYPE;
use poem::web::Json;
use serde::Serialize;
use tracing::error;
use tracing::warn;

use crate::error::Error;
use crate::error::FieldError;

#[derive(Serialize)]
struct Problem<'a> {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    instance: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldError],
}

/// Turns every error response into a problem document, and logs the causes that the client is not told.
pub async fn describe<E: Endpoint>(next: Arc<E>, request: Request) -> Result<Response> {
    let instance = request.uri().path().to_owned();
    let error = match next.call(request).await {
        Ok(response) => return Ok(response.into_response()),
        Err(error) => error,
    };

    log(&error);
    let status = error.status();
    let ours = error.downcast_ref::<Error>();
    let problem = Problem {
        r#type: "about:blank",
        title: status.canonical_reason().unwrap_or("Error"),
        status: status.as_u16(),
        detail: ours.map(Error::to_string),
        instance: &instance,
        errors: match ours {
            Some(Error::Invalid(errors)) => errors,
            _ => &[],
        },
    };
    let body = Json(problem).into_response().into_body();

    // Has headers of its own, such as `Allow`.
    let mut response = error.into_response();
    response.headers_mut().insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    response.set_body(body);
    Ok(response)
}

/// What the client is not told.
fn log(error: &poem::Error) {
    match error.downcast_ref() {
        Some(error @ Error::Internal(_)) => error!(cause = error.source(), "{error}"),
        Some(error @ Error::Unavailable(_)) => warn!(cause = error.source(), "{error}"),
        Some(_) => {}
        None if error.status() == StatusCode::INTERNAL_SERVER_ERROR => error!("{error}"),
        None => {}
    }
}
