.add_route(controllers::metrics::routes())
