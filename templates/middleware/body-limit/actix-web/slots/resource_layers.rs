let resource = resource.wrap(from_fn(middleware::body_limit::enforce));
