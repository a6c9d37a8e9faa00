crate::middleware::metrics::note_route(&request);
