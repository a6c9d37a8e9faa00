from_fn(middleware::security_headers::set),
