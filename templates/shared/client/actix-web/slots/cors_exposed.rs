actix_web::http::header::RETRY_AFTER,
