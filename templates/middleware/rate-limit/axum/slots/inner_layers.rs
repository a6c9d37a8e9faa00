axum::middleware::from_fn_with_state(
    state.rate_limit.clone(),
    middleware::rate_limit::enforce,
),
