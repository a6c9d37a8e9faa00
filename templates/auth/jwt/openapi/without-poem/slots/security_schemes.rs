let scheme = Http::builder()
    .scheme(HttpAuthScheme::Bearer)
    .bearer_format("JWT")
    .build();
components.add_security_scheme("access_token", SecurityScheme::Http(scheme));
