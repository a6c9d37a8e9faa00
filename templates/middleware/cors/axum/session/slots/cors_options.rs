// Lets a page of these origins, where it is of the same site, send the cookie.
.allow_credentials(true)
