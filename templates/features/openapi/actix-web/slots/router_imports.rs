use super::openapi::routes;
