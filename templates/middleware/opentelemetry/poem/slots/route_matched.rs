crate::middleware::opentelemetry::note_route(&request);
