let resources = failure::Fallible(users::UsersApi);
