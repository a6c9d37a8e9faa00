.wrap(from_fn(middleware::metrics::measure))
