.nest("/api/v1/auth", auth::public_routes())
.merge(signed_in::routes(&state))
