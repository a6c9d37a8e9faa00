credentials: credentials::PasswordHashes,
