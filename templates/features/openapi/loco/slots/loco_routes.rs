.add_route(controllers::openapi::routes())
