crate::auth::cookie::check(&config)?;
