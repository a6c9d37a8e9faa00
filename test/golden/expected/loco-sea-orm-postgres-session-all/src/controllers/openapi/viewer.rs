//! Swagger UI, a page that shows the OpenAPI document. Its files are part of the binary.

use std::sync::Arc;

use utoipa_swagger_ui::{Config, SwaggerFile, serve};

/// The page. Its addresses are relative, so it also works below a prefix that a proxy adds.
pub const PAGE: &str = include_str!("docs.html");

/// The content security policy of the page, which may load only its own files and call only this
/// service.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; connect-src 'self'; \
    img-src 'self' data:; script-src 'self'; style-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Returns the file with this name below `/docs`, compressed with gzip if it is marked so.
pub fn file(name: &str) -> Option<SwaggerFile<'static>> {
    let config = Config::from("openapi.json").use_base_layout();
    serve(name, Arc::new(config)).ok().flatten()
}
