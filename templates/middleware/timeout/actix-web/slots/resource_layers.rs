let resource = resource.wrap(from_fn(middleware::timeout::limit));
