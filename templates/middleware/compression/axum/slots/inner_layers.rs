from_fn(middleware::compression::accept_identity),
middleware::compression::layer(),
