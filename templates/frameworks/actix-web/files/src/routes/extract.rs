//! Extractors: parts of a request, parsed and validated.

use std::future::Ready;
use std::future::ready;
use std::pin::Pin;

use actix_web::FromRequest;
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::CONTENT_ENCODING;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::http::header::HeaderMap;
use actix_web::web::Bytes;
use actix_web::web::PathConfig;
use serde::de::DeserializeOwned;
use validator::Validate;

use crate::error::Error;
use crate::media_type;
use crate::validation;

/// A JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + Validate + 'static> FromRequest for Body<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if !is_json(request.headers()) {
            return Box::pin(ready(Err(Error::UnsupportedMediaType)));
        }
        let bytes = Bytes::from_request(request, payload);
        Box::pin(async {
            let bytes = bytes.await.map_err(|error| match error.as_error() {
                Some(PayloadError::Overflow) => Error::PayloadTooLarge,
                _ => Error::Malformed("the body is incomplete".into()),
            })?;
            validation::parse_json(&bytes).map(Self)
        })
    }
}

/// Whether the headers declare uncompressed JSON.
fn is_json(headers: &HeaderMap) -> bool {
    let all_are = |name, accepts: fn(&str) -> bool| {
        let mut values = headers.get_all(name);
        values.all(|value| value.to_str().is_ok_and(accepts))
    };
    headers.contains_key(CONTENT_TYPE)
        && all_are(CONTENT_TYPE, media_type::is_json)
        && all_are(CONTENT_ENCODING, media_type::is_identity)
}

/// Rejects an `{id}` in the path that is not a UUID.
pub fn path_config() -> PathConfig {
    PathConfig::default()
        .error_handler(|_, _| Error::Malformed("the id in the path must be a UUID".into()).into())
}

/// A query string.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + Validate> FromRequest for Query<T> {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(validation::parse_query(request.query_string()).map(Self))
    }
}
