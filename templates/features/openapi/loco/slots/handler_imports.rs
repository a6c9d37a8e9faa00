use super::openapi::ApiRoutes;
