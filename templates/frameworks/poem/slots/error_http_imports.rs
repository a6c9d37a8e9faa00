use poem::error::ResponseError;
use poem::http::StatusCode;
use poem_openapi::error::ContentTypeError;
use poem_openapi::error::ParseParamError;
use poem_openapi::error::ParsePathError;
