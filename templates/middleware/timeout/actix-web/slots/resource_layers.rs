let resource = resource.wrap(actix_web::middleware::from_fn(
    crate::middleware::timeout::limit,
));
