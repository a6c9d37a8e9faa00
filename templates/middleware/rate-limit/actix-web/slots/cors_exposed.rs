actix_web::http::header::HeaderName::from_static("ratelimit-limit"),
actix_web::http::header::HeaderName::from_static("ratelimit-remaining"),
actix_web::http::header::HeaderName::from_static("ratelimit-reset"),
