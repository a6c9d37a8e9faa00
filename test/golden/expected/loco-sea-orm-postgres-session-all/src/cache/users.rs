//! Cached users, by id.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use crate::cache::{Entry, Found};
use crate::db;
use crate::error::Error;
use crate::models::user::{User, UserChanges};
use crate::state::AppState;

/// The prefix of a user's key, before the id.
pub const PREFIX: &str = "user:";

/// Finds a user.
pub async fn find(state: &AppState, id: Uuid) -> Result<User, Error> {
    let found = entry(state, id).read().await;
    find_after(state, id, found).await
}

/// Finds a user, given what was read from the cache.
pub async fn find_after(state: &AppState, id: Uuid, found: Found) -> Result<User, Error> {
    if !state.redis.is_cache_trusted() {
        return db::users::find(&state.db, id).await;
    }
    if let Some(CachedUser(user)) = found.value() {
        return Ok(user);
    }
    let entry = entry(state, id);
    let generation = entry.generation(found).await;
    let user = db::users::find(&state.db, id).await?;
    if let Some(generation) = generation {
        entry.store(&user, generation).await;
    }
    Ok(user)
}

/// Updates a user and returns the result.
pub async fn update(state: &AppState, id: Uuid, changes: UserChanges) -> Result<User, Error> {
    // Before the update, because the request may be dropped halfway if the client disconnects.
    entry(state, id).pause().await;
    db::users::update(&state.db, id, changes).await
}

/// Deletes a user.
pub async fn delete(state: &AppState, id: Uuid) -> Result<(), Error> {
    entry(state, id).pause().await;
    db::users::delete(&state.db, id).await
}

fn entry(state: &AppState, id: Uuid) -> Entry<'_> {
    Entry {
        redis: &state.redis,
        key: state.redis.key(&format!("{PREFIX}{id}")),
        ttl: state.config.cache.ttl.into(),
    }
}

#[derive(Deserialize)]
struct CachedUser(#[serde(with = "UserFields")] User);

/// The format of a cached [`User`], the same as in responses.
#[derive(Deserialize)]
#[serde(remote = "User")]
struct UserFields {
    id: Uuid,
    name: String,
    email: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}
