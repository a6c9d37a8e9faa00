poem::http::header::RETRY_AFTER,
