axum::middleware::from_fn_with_state(state.clone(), middleware::rate_limit::enforce),
