//! The credentials of users.

use std::collections::HashMap;

use tokio::sync::RwLock;
use uuid::Uuid;

use crate::db::Db;
use crate::db::users;
use crate::error::Error;
use crate::models::credentials::Credentials;
use crate::models::user::NewUser;
use crate::models::user::User;

/// Credentials by user id. To prevent deadlocks, lock this map first and the users last.
pub(super) type PasswordHashes = RwLock<HashMap<Uuid, String>>;

/// Stores a new user and their password hash atomically.
pub async fn register(db: &Db, new: NewUser, password_hash: String) -> Result<User, Error> {
    let mut credentials = db.credentials.write().await;
    let user = users::insert(db, new).await?;
    credentials.insert(user.id, password_hash);
    Ok(user)
}

/// Returns the credentials of the user with this email.
pub async fn find(db: &Db, email: &str) -> Result<Option<Credentials>, Error> {
    let credentials = db.credentials.read().await;
    let users = db.users.read().await;

    let user = users.values().find(|user| user.email == email);
    Ok(user.and_then(|user| {
        let password_hash = credentials.get(&user.id)?.clone();
        Some(Credentials {
            user_id: user.id,
            password_hash,
        })
    }))
}
