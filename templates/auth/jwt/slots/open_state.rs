crate::auth::tokens::install();
