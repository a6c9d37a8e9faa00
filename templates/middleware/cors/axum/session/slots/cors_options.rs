// Lets pages of these origins send the session cookie if they are on the same site.
headers.insert(
    axum::http::header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
    HeaderValue::from_static("true"),
);
