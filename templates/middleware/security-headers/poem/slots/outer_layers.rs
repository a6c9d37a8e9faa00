.around(middleware::security_headers::set)
