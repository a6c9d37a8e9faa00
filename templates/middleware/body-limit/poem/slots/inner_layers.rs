.with(middleware::body_limit::layer(&state.config.body_limit))
