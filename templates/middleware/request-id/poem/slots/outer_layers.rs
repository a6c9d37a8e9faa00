.around(middleware::request_id::assign)
