Self::Unauthorized(_) => StatusCode::UNAUTHORIZED,
Self::Forbidden(_) => StatusCode::FORBIDDEN,
Self::TooManyAttempts { .. } => StatusCode::TOO_MANY_REQUESTS,
