.nest("/api/v1/auth", auth::routes())
