//! Extractors: parts of a request, parsed and validated.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use uuid::Uuid;
use validator::Validate;

use crate::error::Error;
use crate::{media_type, validation};

/// A JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + Validate, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        if !is_json(request.headers()) {
            return Err(Error::UnsupportedMediaType);
        }
        let bytes = Bytes::from_request(request, state).await;
        let bytes = bytes.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Error::PayloadTooLarge,
            _ => Error::Malformed("the body is incomplete".into()),
        })?;
        validation::parse_json(&bytes).map(Self)
    }
}

/// Whether the headers declare uncompressed JSON.
fn is_json(headers: &HeaderMap) -> bool {
    let all_are = |name, accepts: fn(&str) -> bool| {
        let mut values = headers.get_all(name).iter();
        values.all(|value| value.to_str().is_ok_and(accepts))
    };
    headers.contains_key(CONTENT_TYPE)
        && all_are(CONTENT_TYPE, media_type::is_json)
        && all_are(CONTENT_ENCODING, media_type::is_identity)
}

/// The `{id}` of the path.
pub struct Id(pub Uuid);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        match Path::from_request_parts(parts, state).await {
            Ok(Path(id)) => Ok(Self(id)),
            Err(_) => Err(Error::Malformed("the id in the path must be a UUID".into())),
        }
    }
}

/// A query string.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + Validate, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        validation::parse_query(parts.uri.query().unwrap_or_default()).map(Self)
    }
}
