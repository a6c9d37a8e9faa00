attempts: Arc::new(attempts),
