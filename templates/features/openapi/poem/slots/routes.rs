let route = openapi::routes(route, &service);
