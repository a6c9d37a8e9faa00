use poem::error::ResponseError;
use poem::http::StatusCode;
