use poem_openapi::error::AuthorizationError;
