use actix_web::HttpResponse;
use actix_web::http::header::RETRY_AFTER;
use actix_web::http::header::WWW_AUTHENTICATE;
