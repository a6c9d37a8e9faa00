// Lets pages of these origins send the session cookie if they are on the same site.
.allow_credentials(true)
