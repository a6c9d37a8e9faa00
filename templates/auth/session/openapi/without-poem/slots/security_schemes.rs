let name = "__Host-session";
let description = "If `SESSION_COOKIE_SECURE` is false, the cookie is called `session`.";
let cookie = ApiKeyValue::with_description(name, description);
let scheme = SecurityScheme::ApiKey(ApiKey::Cookie(cookie));
components.add_security_scheme("session", scheme);
