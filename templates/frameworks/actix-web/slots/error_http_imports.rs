use actix_web::ResponseError;
use actix_web::http::StatusCode;
