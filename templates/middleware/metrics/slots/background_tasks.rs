crate::metrics::start(&state, drain.clone()).await?;
