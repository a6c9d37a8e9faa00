.wrap(from_fn(middleware::request_log::log))
