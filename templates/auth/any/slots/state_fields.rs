pub attempts: Arc<crate::auth::attempts::Attempts>,
