//! The security scheme of the API.

use poem::FromRequest;
use poem::Request;
use poem::RequestBody;
use poem::Result;
use poem::web::Data;
use poem_openapi::ApiExtractor;
use poem_openapi::ApiExtractorType;
use poem_openapi::ExtractParamOptions;
use poem_openapi::registry::MetaSecurityScheme;
use poem_openapi::registry::Registry;

use crate::auth::caller::Caller;
use crate::auth::evidence::Evidence;
use crate::auth::sessions;
use crate::models::session::Session;
use crate::state::AppState;

/// The name of the scheme.
const SESSION: &str = "session";

/// The caller of an operation that requires a session, or the session itself. Without the derive,
/// which knows one name of the cookie: this one's depends on the configuration.
pub struct SignedIn<T = Caller>(pub T);

impl<'a, T: From<Session>> ApiExtractor<'a> for SignedIn<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        let scheme = MetaSecurityScheme {
            ty: "apiKey",
            description: Some(
                "If `SESSION_COOKIE_SECURE` is false, the cookie is called `session`.",
            ),
            name: Some("__Host-session"),
            key_in: Some("cookie"),
            scheme: None,
            bearer_format: None,
            flows: None,
            openid_connect_url: None,
        };
        registry.create_security_scheme(SESSION, scheme);
    }

    fn security_schemes() -> Vec<&'static str> {
        vec![SESSION]
    }

    async fn from_request(
        request: &'a Request,
        _: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let Data(state) = Data::<&AppState>::from_request_without_body(request).await?;
        let headers = request.headers();
        let evidence = Evidence::new(request.method().is_safe(), |name| {
            headers.get(name).and_then(|value| value.to_str().ok())
        });
        let session = sessions::resume(state, &evidence).await?;
        Ok(Self(session.into()))
    }
}

impl From<Session> for Caller {
    fn from(session: Session) -> Self {
        Self {
            id: session.user_id,
        }
    }
}
