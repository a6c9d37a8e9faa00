//! What handlers take: parts of a request, read and checked.

use poem::FromRequest;
use poem::Request;
use poem::RequestBody;
use poem::Result;
use uuid::Uuid;

use crate::error::Error;
use crate::input;
use crate::input::FromInput;
use crate::models::page::Page;

/// The body, which must be JSON.
pub struct Body<T>(pub T);

impl<'a, T: FromInput> FromRequest<'a> for Body<T> {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> Result<Self> {
        if !request.content_type().is_some_and(input::is_json) {
            return Err(Error::UnsupportedMediaType.into());
        }
        let bytes = body.take()?.into_bytes().await;
        let bytes = bytes.map_err(|_| Error::Malformed("the body did not arrive whole".into()))?;
        Ok(Self(input::parse(&bytes)?))
    }
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

impl<'a> FromRequest<'a> for Page {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> Result<Self> {
        Ok(Self::from_query(request.uri().query().unwrap_or_default())?)
    }
}
