.configure(users::configure)
