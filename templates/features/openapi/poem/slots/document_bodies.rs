refine(schemas, "UserChanges", &[name(), email()]);
