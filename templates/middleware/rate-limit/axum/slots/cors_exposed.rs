axum::http::HeaderName::from_static("ratelimit-limit"),
axum::http::HeaderName::from_static("ratelimit-remaining"),
axum::http::HeaderName::from_static("ratelimit-reset"),
