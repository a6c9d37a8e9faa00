.merge(auth::public_routes())
.merge(signed_in::routes(&state))
