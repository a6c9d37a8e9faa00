users: users::Users,
