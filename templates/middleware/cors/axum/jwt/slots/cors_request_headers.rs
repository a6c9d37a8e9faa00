axum::http::header::AUTHORIZATION,
