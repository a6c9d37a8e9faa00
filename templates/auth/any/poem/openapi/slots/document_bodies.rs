refine(&mut schemas["Registration"], &[name(), email(), password()]);
refine(&mut schemas["Login"], &[email()]);
