.add_route(controllers::auth::public_routes())
.add_routes(controllers::signed_in::routes())
