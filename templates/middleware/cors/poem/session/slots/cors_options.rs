// Lets pages of these origins send the session cookie if they are on the same site.
headers.typed_insert(poem::web::headers::AccessControlAllowCredentials);
