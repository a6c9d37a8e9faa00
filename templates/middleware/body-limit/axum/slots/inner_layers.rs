axum::middleware::from_fn_with_state(
    state.config.body_limit.bytes,
    middleware::body_limit::enforce,
),
middleware::body_limit::layer(&state.config.body_limit),
