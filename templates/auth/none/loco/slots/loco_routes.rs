.add_route(controllers::users::routes())
