//! Errors as RFC 9457 problem documents, including those of the router and of other layers.

use std::error::Error as _;
use std::ops::ControlFlow;
use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderValue, Uri};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tracing::{error, warn};
use utoipa::ToSchema;

use super::wrap::{Middleware, Wrap};
use crate::error::{Error, FieldError};
use crate::media_type;

/// An error, in the format of RFC 9457.
#[derive(Serialize, ToSchema)]
pub struct Problem<'a> {
    /// Always `about:blank`: the status says what is wrong.
    r#type: &'static str,
    /// The name of the status.
    title: &'static str,
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// Details of this error.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// The path of the request.
    instance: &'a str,
    /// The `x-request-id` of the response, also included in its log lines.
    request_id: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldError],
}

/// Turns every error response into a problem document, and logs the causes that clients must not
/// see.
pub fn layer() -> Wrap<Describe> {
    Wrap(Describe)
}

#[derive(Clone)]
pub struct Describe;

/// What the document says about the request.
pub struct About {
    target: Uri,
    request_id: HeaderValue,
}

impl Middleware for Describe {
    type State = About;

    fn before(&self, request: &mut Request) -> ControlFlow<Response, About> {
        ControlFlow::Continue(About {
            target: request.uri().clone(),
            request_id: super::request_id::of(request),
        })
    }

    fn after(about: About, response: &mut Response) {
        let status = response.status();
        let is_error = status.is_client_error() || status.is_server_error();
        if is_error && !has_own_document(response) {
            describe(&about, response);
        }
    }
}

fn describe(about: &About, response: &mut Response) {
    let status = response.status();
    let error = response.extensions().get::<Arc<Error>>().map(Arc::as_ref);
    log(error);
    let problem = Problem {
        r#type: "about:blank",
        title: status.canonical_reason().unwrap_or("Error"),
        status: status.as_u16(),
        detail: error.map(Error::to_string),
        instance: about.target.path(),
        request_id: super::request_id::text(&about.request_id),
        errors: error.map(Error::fields).unwrap_or_default(),
    };
    let body = Json(problem).into_response().into_body();
    replace_body(response, body);
}

/// Replaces the body, and the headers that describe it.
fn replace_body(response: &mut Response, body: Body) {
    *response.body_mut() = body;
    let headers = response.headers_mut();
    headers.remove(CONTENT_ENCODING);
    headers.remove(CONTENT_LENGTH);
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
}

/// Whether the handler has written a JSON document, as `/ready` does.
fn has_own_document(response: &Response) -> bool {
    let content_type = response.headers().get(CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    content_type.is_some_and(media_type::is_json)
}

/// Logs the causes that clients must not see.
fn log(error: Option<&Error>) {
    match error {
        Some(error @ Error::Internal(_)) => error!(cause = error.source(), "{error}"),
        Some(error @ Error::Unavailable(_)) => warn!(cause = error.source(), "{error}"),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
    use axum::response::IntoResponse;

    use super::{has_own_document, replace_body};

    #[test]
    fn json_written_by_a_handler_is_kept() {
        for (content_type, is_kept) in [
            ("application/problem+json", true),
            ("application/json", true),
            ("text/plain; charset=utf-8", false),
        ] {
            let response = [(CONTENT_TYPE, content_type)].into_response();
            assert_eq!(has_own_document(&response), is_kept, "{content_type}");
        }
    }

    #[test]
    fn the_encoding_of_the_replaced_body_is_removed() {
        let mut response = [(CONTENT_ENCODING, "gzip")].into_response();
        replace_body(&mut response, Body::empty());
        assert!(!response.headers().contains_key(CONTENT_ENCODING));
    }
}
