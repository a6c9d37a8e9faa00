.wrap(actix_web::middleware::from_fn(
    middleware::rate_limit::enforce,
))
