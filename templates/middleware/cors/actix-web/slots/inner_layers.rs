.wrap(middleware::cors::exposed())
.wrap(middleware::cors::layer(&state.config.cors))
