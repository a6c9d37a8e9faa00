axum::http::header::RETRY_AFTER,
