.configure(auth::configure_public)
.configure(signed_in::configure)
