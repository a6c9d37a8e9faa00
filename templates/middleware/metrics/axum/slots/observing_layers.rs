axum::middleware::from_fn_with_state(
    state.metrics.clone(),
    middleware::metrics::measure,
),
