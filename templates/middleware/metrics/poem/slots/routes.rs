let route = metrics::routes(route);
