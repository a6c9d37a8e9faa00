//! The users.

use std::collections::BTreeMap;

use tokio::sync::RwLock;
use uuid::Uuid;

use crate::db::Db;
use crate::error::Error;
use crate::models::page::Page;
use crate::models::timestamp;
use crate::models::user::NewUser;
use crate::models::user::User;
use crate::models::user::UserChanges;

/// By id, which is by age.
pub(super) type Users = RwLock<BTreeMap<Uuid, User>>;

/// The users of a page, newest first, and how many there are in all.
pub async fn list(db: &Db, page: Page) -> Result<(Vec<User>, u64), Error> {
    let users = db.users.read().await;
    let skipped = usize::try_from(page.offset()).unwrap_or(usize::MAX);
    let newest_first = users.values().rev().skip(skipped);
    let data = newest_first.take(page.limit() as usize).cloned().collect();
    Ok((data, users.len() as u64))
}

/// The user of that id.
pub async fn find(db: &Db, id: Uuid) -> Result<User, Error> {
    let users = db.users.read().await;
    users.get(&id).cloned().ok_or(Error::NotFound)
}

/// Stores a new user.
pub async fn insert(db: &Db, new: NewUser) -> Result<User, Error> {
    let user = User::from(new);
    let mut users = db.users.write().await;

    if users.values().any(|other| other.email == user.email) {
        return Err(Error::Conflict);
    }
    users.insert(user.id, user.clone());
    Ok(user)
}

/// Stores the changes; gives the user as it is then.
pub async fn update(db: &Db, id: Uuid, changes: UserChanges) -> Result<User, Error> {
    let is_empty = changes.is_empty();
    let name = changes.name.map(String::from);
    let email = changes.email.map(String::from);
    let mut users = db.users.write().await;

    let is_taken = |other: &User| other.id != id && Some(&other.email) == email.as_ref();
    let conflicts = users.values().any(is_taken);
    let user = users.get_mut(&id).ok_or(Error::NotFound)?;
    if conflicts {
        return Err(Error::Conflict);
    }

    if let Some(name) = name {
        user.name = name;
    }
    if let Some(email) = email {
        user.email = email;
    }
    if !is_empty {
        user.updated_at = timestamp::now();
    }
    Ok(user.clone())
}

/// Deletes the user of that id.
pub async fn delete(db: &Db, id: Uuid) -> Result<(), Error> {
    let mut credentials = db.credentials.write().await;
    let mut sessions = db.sessions.write().await;
    let mut users = db.users.write().await;

    users.remove(&id).ok_or(Error::NotFound)?;
    credentials.remove(&id);
    sessions.retain(|_, session| session.user_id != id);
    Ok(())
}
