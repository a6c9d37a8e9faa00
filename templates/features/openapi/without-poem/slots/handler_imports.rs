use super::openapi::errors;
