let routes = routes
    .into_iter()
    .chain([controllers::about::routes()])
    .collect();
