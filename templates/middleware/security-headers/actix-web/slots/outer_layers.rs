.wrap(middleware::security_headers::layer())
