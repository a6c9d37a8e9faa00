crate::auth::tokens::prepare(&config)?;
