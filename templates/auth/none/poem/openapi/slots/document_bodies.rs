refine(&mut schemas["NewUser"], &[name(), email()]);
