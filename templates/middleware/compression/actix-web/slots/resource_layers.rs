let resource = resource.wrap(from_fn(middleware::compression::compress));
