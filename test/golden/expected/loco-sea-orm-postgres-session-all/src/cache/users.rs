//! The users, each by its id.

use chrono::DateTime;
use chrono::Utc;
use serde::Deserialize;
use uuid::Uuid;

use crate::cache::Entry;
use crate::db;
use crate::error::Error;
use crate::models::user::User;
use crate::models::user::UserChanges;
use crate::state::AppState;

/// The user of that id.
pub async fn find(state: &AppState, id: Uuid) -> Result<User, Error> {
    let entry = entry(state, id);
    if let Some(Kept(user)) = entry.read().await {
        return Ok(user);
    }
    let user = db::users::find(&state.db, id).await?;
    entry.keep(&user, state.config.cache.ttl.into()).await;
    Ok(user)
}

/// Stores the changes; gives the user as it is then.
pub async fn update(state: &AppState, id: Uuid, changes: UserChanges) -> Result<User, Error> {
    // Before, not after: a request may be dropped in between, when its client hangs up.
    entry(state, id).pause().await;
    db::users::update(&state.db, id, changes).await
}

/// Deletes the user of that id.
pub async fn delete(state: &AppState, id: Uuid) -> Result<(), Error> {
    entry(state, id).pause().await;
    db::users::delete(&state.db, id).await
}

fn entry(state: &AppState, id: Uuid) -> Entry<'_> {
    Entry::new(&state.redis, &format!("user:{id}"))
}

#[derive(Deserialize)]
struct Kept(#[serde(with = "UserFields")] User);

/// How a [`User`] is read back; it is written as it is sent.
#[derive(Deserialize)]
#[serde(remote = "User")]
struct UserFields {
    id: Uuid,
    name: String,
    email: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}
