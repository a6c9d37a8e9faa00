metrics: Metrics::default(),
