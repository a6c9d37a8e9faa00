.with(middleware::catch_panic::layer())
