//! What handlers take: parts of a request, read and checked.

use std::future::Ready;
use std::future::ready;
use std::pin::Pin;

use actix_web::FromRequest;
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::Bytes;
use actix_web::web::PathConfig;

use crate::error::Error;
use crate::input;
use crate::input::FromInput;
use crate::models::page::Page;

/// The body, which must be JSON.
pub struct Body<T>(pub T);

impl<T: FromInput + 'static> FromRequest for Body<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if !is_json(request) {
            return Box::pin(ready(Err(Error::UnsupportedMediaType)));
        }
        let bytes = Bytes::from_request(request, payload);
        Box::pin(async {
            let bytes = bytes.await.map_err(|error| match error.as_error() {
                Some(PayloadError::Overflow) => Error::PayloadTooLarge,
                _ => Error::Malformed("the body did not arrive whole".into()),
            })?;
            input::parse(&bytes).map(Self)
        })
    }
}

fn is_json(request: &HttpRequest) -> bool {
    request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(input::is_json)
}

/// What is said of an `{id}` in the path that is none.
pub fn path_config() -> PathConfig {
    PathConfig::default()
        .error_handler(|_, _| Error::Malformed("the id in the path must be a UUID".into()).into())
}

impl FromRequest for Page {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::from_query(request.query_string()))
    }
}
