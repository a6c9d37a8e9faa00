middleware::compression::accept_identity(),
middleware::compression::layer(),
