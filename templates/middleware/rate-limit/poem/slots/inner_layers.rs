.around(middleware::rate_limit::refuse)
