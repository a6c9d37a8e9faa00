.around(middleware::opentelemetry::trace)
