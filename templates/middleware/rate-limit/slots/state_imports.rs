use crate::rate_limit::RateLimit;
