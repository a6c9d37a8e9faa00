//! The parts of the OpenAPI document that do not come from routes.

use utoipa::openapi::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
use utoipa::{Modify, OpenApi as _};

use super::errors::InvalidFields;
use crate::middleware::problem::Problem;

/// Completes the description of the routes.
pub fn complete(routes: OpenApi) -> OpenApi {
    let mut document = Document::openapi().merge_from(routes);
    let license = &mut document.info.license;
    license.take_if(|license| license.name.is_empty());
    document
}

/// The document without routes. Its title, description and version are those in `Cargo.toml`.
#[derive(utoipa::OpenApi)]
#[openapi(
    components(schemas(InvalidFields, Problem)),
    modifiers(&SecuritySchemes),
    tags(
        (name = "users", description = "User accounts."),
        (name = "service", description = "Health of the service."),
    ),
)]
struct Document;

struct SecuritySchemes;

impl Modify for SecuritySchemes {
    fn modify(&self, document: &mut OpenApi) {
        let components = document.components.get_or_insert_default();
        let name = "__Host-session";
        let description = "If `SESSION_COOKIE_SECURE` is false, the cookie is called `session`.";
        let cookie = ApiKeyValue::with_description(name, description);
        let scheme = SecurityScheme::ApiKey(ApiKey::Cookie(cookie));
        components.add_security_scheme("session", scheme);
    }
}
