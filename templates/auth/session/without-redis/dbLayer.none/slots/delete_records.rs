sessions.retain(|_, session| session.user_id != id);
