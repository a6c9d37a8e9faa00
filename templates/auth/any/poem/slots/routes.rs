let route = auth::routes(route);
