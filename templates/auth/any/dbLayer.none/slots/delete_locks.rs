let mut credentials = db.credentials.write().await;
