// Replaces what the layer of the signed-in routes wraps, so other methods return 405 even if
// the caller is not signed in.
.method_not_allowed_fallback(async || axum::http::StatusCode::METHOD_NOT_ALLOWED)
