.around(middleware::catch_panic::catch)
