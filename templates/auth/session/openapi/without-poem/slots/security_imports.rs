use utoipa::openapi::security::ApiKey;
use utoipa::openapi::security::ApiKeyValue;
