// Lets pages of these origins send the session cookie, as long as they are of the same site.
.allow_credentials(true)
