//! Extractors: parts of a request, parsed and validated.

use poem::FromRequest;
use poem::Request;
use poem::RequestBody;
use poem::Result;
use poem::http::HeaderMap;
use poem::http::header::CONTENT_ENCODING;
use poem::http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use uuid::Uuid;
use validator::Validate;

use crate::error::Error;
use crate::media_type;
use crate::validation;

/// A JSON body.
pub struct Body<T>(pub T);

impl<'a, T: DeserializeOwned + Validate> FromRequest<'a> for Body<T> {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> Result<Self> {
        if !is_json(request.headers()) {
            return Err(Error::UnsupportedMediaType.into());
        }
        let bytes = body.take()?.into_bytes().await;
        let bytes = bytes.map_err(|_| Error::Malformed("the body is incomplete".into()))?;
        Ok(Self(validation::parse_json(&bytes)?))
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

/// The `:id` of the path.
pub struct Id(pub Uuid);

impl<'a> FromRequest<'a> for Id {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> Result<Self> {
        match request.path_params() {
            Ok(id) => Ok(Self(id)),
            Err(_) => Err(Error::Malformed("the id in the path must be a UUID".into()).into()),
        }
    }
}

/// A query string.
pub struct Query<T>(pub T);

impl<'a, T: DeserializeOwned + Validate> FromRequest<'a> for Query<T> {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> Result<Self> {
        let query = request.uri().query().unwrap_or_default();
        Ok(Self(validation::parse_query(query)?))
    }
}
