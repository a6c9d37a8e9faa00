crate::metrics::start(&state).await?;
