//! JSON payloads.

use poem::IntoResponse;
use poem::Request;
use poem::RequestBody;
use poem::Response;
use poem::Result;
use poem::http::HeaderMap;
use poem::http::header::CONTENT_ENCODING;
use poem::http::header::CONTENT_TYPE;
use poem_openapi::ApiResponse;
use poem_openapi::impl_apirequest_for_payload;
use poem_openapi::payload::ParsePayload;
use poem_openapi::payload::Payload;
use poem_openapi::registry::MetaMediaType;
use poem_openapi::registry::MetaResponse;
use poem_openapi::registry::MetaResponses;
use poem_openapi::registry::MetaSchemaRef;
use poem_openapi::registry::Registry;
use poem_openapi::types::Type;
use serde::Serialize;
use serde::de::DeserializeOwned;
use validator::Validate;

use crate::error::Error;
use crate::media_type;
use crate::validation;

/// A JSON payload, described by `Object`, and read and written by serde. poem-openapi's own `Json`
/// stops at the first invalid value, and returns its position in a sentence with status 400.
pub struct Json<T>(pub T);

impl<T: Type> Payload for Json<T> {
    const CONTENT_TYPE: &'static str = "application/json";

    fn check_content_type(content_type: &str) -> bool {
        media_type::is_json(content_type)
    }

    fn schema_ref() -> MetaSchemaRef {
        T::schema_ref()
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: DeserializeOwned + Validate> ParsePayload for Json<T> {
    const IS_REQUIRED: bool = true;

    async fn from_request(request: &Request, body: &mut RequestBody) -> Result<Self> {
        if !is_json(request.headers()) {
            return Err(Error::UnsupportedMediaType.into());
        }
        let bytes = body.take()?.into_bytes().await;
        let bytes = bytes.map_err(|_| Error::Malformed("the body is incomplete".into()))?;
        Ok(Self(validation::parse_json(&bytes)?))
    }
}

impl_apirequest_for_payload!(Json<T>, T: Type + DeserializeOwned + Validate);

impl<T: Serialize + Send> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        poem::web::Json(self.0).into_response()
    }
}

impl<T: Serialize + Type> ApiResponse for Json<T> {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: vec![MetaResponse {
                description: "OK",
                status: Some(200),
                status_range: None,
                content: vec![MetaMediaType {
                    content_type: Self::CONTENT_TYPE,
                    schema: Self::schema_ref(),
                }],
                headers: Vec::new(),
            }],
        }
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

/// Whether all headers declare uncompressed JSON; `check_content_type` sees only the first.
fn is_json(headers: &HeaderMap) -> bool {
    let all_are = |name, accepts: fn(&str) -> bool| {
        let mut values = headers.get_all(name).iter();
        values.all(|value| value.to_str().is_ok_and(accepts))
    };
    all_are(CONTENT_TYPE, media_type::is_json) && all_are(CONTENT_ENCODING, media_type::is_identity)
}
