credentials.remove(&id);
