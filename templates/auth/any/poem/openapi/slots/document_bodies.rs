refine(schemas, "Registration", &[name(), email(), password()]);
let password = ("password", json!({ "format": "password" }));
refine(schemas, "Login", &[email(), password]);
