pub rate_limit: Arc<RateLimit>,
