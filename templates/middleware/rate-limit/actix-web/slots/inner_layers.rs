.wrap(from_fn(middleware::rate_limit::enforce))
