// SQLITE_BUSY
matches!(code, Some("5"))
