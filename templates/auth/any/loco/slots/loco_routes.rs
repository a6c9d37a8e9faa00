.add_route(controllers::auth::routes())
