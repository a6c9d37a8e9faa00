middleware::catch_panic::layer(),
