pub metrics: Metrics,
