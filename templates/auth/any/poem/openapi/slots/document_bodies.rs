refine(schemas, "Registration", &[name(), email(), password()]);
refine(schemas, "Login", &[email()]);
