use utoipa::openapi::KnownFormat;
use utoipa::openapi::SchemaFormat;
