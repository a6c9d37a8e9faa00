.configure(auth::configure)
