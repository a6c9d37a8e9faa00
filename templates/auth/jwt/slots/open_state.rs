crate::auth::tokens::install(&config)?;
