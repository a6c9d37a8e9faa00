.app_data(middleware::body_limit::config(&state.config.body_limit))
