let resource = resource.wrap(actix_web::middleware::from_fn(
    crate::middleware::body_limit::enforce,
));
