let route = openapi::routes(route);
