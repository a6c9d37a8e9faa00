.wrap(from_fn(middleware::opentelemetry::trace))
