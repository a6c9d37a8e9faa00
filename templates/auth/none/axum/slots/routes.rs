.nest("/api/v1/users", users::routes())
