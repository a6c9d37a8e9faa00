// Lets pages of these origins send the session cookie, as long as they are of the same site.
headers.typed_insert(poem::web::headers::AccessControlAllowCredentials);
