let resources = failure::Fallible((
    auth::AuthApi,
    signed_in::only(auth::AccountApi),
    signed_in::only(users::UsersApi),
));
