poem::http::HeaderName::from_static("ratelimit-limit"),
poem::http::HeaderName::from_static("ratelimit-remaining"),
poem::http::HeaderName::from_static("ratelimit-reset"),
