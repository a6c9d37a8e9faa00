.merge(users::routes())
