//! Sessions of signed-in users.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The session of a user in one browser.
#[derive(Clone)]
pub struct Session {
    pub id: SessionId,
    pub user_id: Uuid,
    pub created_at: DateTime<Utc>,
    pub last_used_at: DateTime<Utc>,
}

/// The SHA-256 of a token that only the cookie contains, so that a leak of the store does not let
/// anyone sign in.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionId([u8; 32]);

impl SessionId {
    /// Returns the id of the session with this token.
    pub fn of(token: &str) -> Self {
        Self(Sha256::digest(token).into())
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The earliest times at which a valid session may have been created and last used.
pub struct Expiry {
    pub created_before: DateTime<Utc>,
    pub used_before: DateTime<Utc>,
}

impl Expiry {
    pub fn is_over(&self, session: &Session) -> bool {
        session.created_at < self.created_before || session.last_used_at < self.used_before
    }
}
