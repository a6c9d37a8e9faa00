middleware::compression::layer(),
