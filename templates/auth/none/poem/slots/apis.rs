let resources = (resources, users::UsersApi);
