//! Mailers: they send emails.
