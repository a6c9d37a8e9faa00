.with(middleware::cors::layer(&state.config.cors))
