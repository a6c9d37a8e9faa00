let route = users::routes(route);
