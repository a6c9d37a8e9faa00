let resource = resource.wrap(from_fn(middleware::catch_panic::catch));
