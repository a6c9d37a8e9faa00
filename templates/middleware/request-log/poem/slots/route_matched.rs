crate::middleware::request_log::note_route(&request);
