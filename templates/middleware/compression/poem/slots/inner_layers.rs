.around(middleware::compression::compress)
