let routes = vec![
    controllers::health::routes(),
    // `cargo loco generate controller` adds its routes here.
    controllers::users::routes(),
];
