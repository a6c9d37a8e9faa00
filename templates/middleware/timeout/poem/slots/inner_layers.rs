.with(middleware::timeout::layer(&state.config.timeout))
