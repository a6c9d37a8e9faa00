// Lets a page of these origins, where it is of the same site, send the cookie.
.supports_credentials()
