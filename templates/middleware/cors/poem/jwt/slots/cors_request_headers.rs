poem::http::header::AUTHORIZATION,
