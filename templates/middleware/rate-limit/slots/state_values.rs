rate_limit: Arc::new(rate_limit),
