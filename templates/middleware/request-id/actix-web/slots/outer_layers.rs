.wrap(from_fn(middleware::request_id::assign))
