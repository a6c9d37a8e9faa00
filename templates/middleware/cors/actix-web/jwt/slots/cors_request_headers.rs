actix_web::http::header::AUTHORIZATION,
