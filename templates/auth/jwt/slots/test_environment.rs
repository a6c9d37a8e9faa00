environment.insert("JWT_KEYS", crate::caller::KEYS);
