//! The sessions.

use std::collections::HashMap;

use chrono::DateTime;
use chrono::Utc;
use tokio::sync::RwLock;

use crate::db::Db;
use crate::error::Error;
use crate::models::session::Expiry;
use crate::models::session::Session;
use crate::models::session::SessionId;

/// Sessions by id.
pub(super) type Sessions = RwLock<HashMap<SessionId, Session>>;

/// Stores a new session; fails if its user has been deleted.
pub async fn insert(db: &Db, session: &Session) -> Result<(), Error> {
    let mut sessions = db.sessions.write().await;
    if !db.users.read().await.contains_key(&session.user_id) {
        return Err(Error::NotFound);
    }
    sessions.insert(session.id, session.clone());
    Ok(())
}

/// Finds a session.
pub async fn find(db: &Db, id: &SessionId) -> Result<Option<Session>, Error> {
    Ok(db.sessions.read().await.get(id).cloned())
}

/// Records the use of a session.
pub async fn touch(db: &Db, session: &Session, now: DateTime<Utc>) -> Result<(), Error> {
    if let Some(session) = db.sessions.write().await.get_mut(&session.id) {
        session.last_used_at = now;
    }
    Ok(())
}

/// Deletes a session if it exists.
pub async fn delete(db: &Db, id: &SessionId) -> Result<(), Error> {
    db.sessions.write().await.remove(id);
    Ok(())
}

/// Deletes up to `limit` sessions that are too old or were unused for too long; returns how many.
pub async fn delete_expired(db: &Db, expiry: &Expiry, limit: u32) -> Result<u64, Error> {
    let mut sessions = db.sessions.write().await;
    let is_over = |_: &SessionId, session: &mut Session| expiry.is_over(session);
    let deleted = sessions.extract_if(is_over).take(limit as usize);
    Ok(deleted.count() as u64)
}
