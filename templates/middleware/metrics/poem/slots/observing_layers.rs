.with(middleware::metrics::layer(&state.metrics))
