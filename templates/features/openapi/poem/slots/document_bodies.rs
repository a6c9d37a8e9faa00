refine(&mut schemas["UserChanges"], &[name(), email()]);
