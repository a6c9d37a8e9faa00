use utoipa::openapi::security::Http;
use utoipa::openapi::security::HttpAuthScheme;
