let mut routes = vec![
    controllers::health::routes(),
    controllers::auth::public_routes(),
];
routes.extend(controllers::signed_in::routes(ctx));
