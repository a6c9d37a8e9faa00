let resources = (resources, auth::AuthApi);
let resources = (resources, signed_in::only(auth::AccountApi));
let resources = (resources, signed_in::only(users::UsersApi));
