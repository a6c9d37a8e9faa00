// The connection was refused, or ended by a shutdown.
matches!(code, Some("08004" | "08S01"))
