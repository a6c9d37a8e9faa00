.around(middleware::request_log::log)
