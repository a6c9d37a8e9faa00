refine(schemas, "NewUser", &[name(), email()]);
