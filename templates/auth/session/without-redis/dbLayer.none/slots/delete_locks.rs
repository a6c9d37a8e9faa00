let mut sessions = db.sessions.write().await;
