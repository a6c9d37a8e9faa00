use crate::rate_limit::RateLimit;
use crate::rate_limit::Store;
