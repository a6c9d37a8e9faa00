//! Sessions in Redis, which expires them by itself.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use redis::{AsyncCommands, ExistenceCheck, RedisError, SetExpiry, SetOptions};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::cache::Found;
use crate::error::Error;
use crate::models::session::{Session, SessionId};
use crate::state::AppState;
use crate::{cache, db};

/// The value stored for a session.
#[derive(Deserialize, Serialize)]
struct Stored {
    user_id: Uuid,
    created_at: DateTime<Utc>,
    last_used_at: DateTime<Utc>,
}

/// Reads a session and its cached user in one round trip.
const FIND: &str = "
    local session = redis.call('GET', KEYS[1])
    if not session then
        return false
    end
    local user = string.match(session, '\"user_id\":\"([^\"]+)\"') or ''
    return {session, redis.call('GET', KEYS[2]), redis.call('GET', ARGV[1] .. user)}
";

/// Stores a new session; fails if its user has been deleted.
pub async fn insert(state: &AppState, session: &Session) -> Result<(), Error> {
    db::users::find(&state.db, session.user_id).await?;
    store(state, session, session.created_at, ExistenceCheck::NX).await
}

/// Finds a session; `None` if its user has been deleted.
pub async fn find(state: &AppState, id: &SessionId) -> Result<Option<Session>, Error> {
    let found: Option<(String, Option<String>, Option<String>)> = redis::cmd("EVAL")
        .arg(FIND)
        .arg(2)
        .arg(key(state, id))
        .arg(state.redis.key(cache::GENERATION))
        .arg(state.redis.key(cache::users::PREFIX))
        .query_async(&mut state.redis.connection())
        .await
        .map_err(unavailable)?;
    let Some((session, generation, json)) = found else {
        return Ok(None);
    };
    let Ok(stored) = serde_json::from_str::<Stored>(&session) else {
        return Ok(None);
    };

    let user = Found { generation, json };
    match cache::users::find_after(state, stored.user_id, user).await {
        Ok(_) => Ok(Some(Session {
            id: *id,
            user_id: stored.user_id,
            created_at: stored.created_at,
            last_used_at: stored.last_used_at,
        })),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Records the use of a session, unless it has since ended.
pub async fn touch(state: &AppState, session: &Session, now: DateTime<Utc>) -> Result<(), Error> {
    store(state, session, now, ExistenceCheck::XX).await
}

/// Deletes a session if it exists.
pub async fn delete(state: &AppState, id: &SessionId) -> Result<(), Error> {
    let mut redis = state.redis.connection();
    redis.del(key(state, id)).await.map_err(unavailable)
}

async fn store(
    state: &AppState,
    session: &Session,
    last_used_at: DateTime<Utc>,
    condition: ExistenceCheck,
) -> Result<(), Error> {
    let json = serde_json::to_string(&Stored {
        user_id: session.user_id,
        created_at: session.created_at,
        last_used_at,
    })
    .map_err(|error| Error::Internal(error.into()))?;

    let config = &state.config.session;
    let idle_at = last_used_at + TimeDelta::from(config.idle);
    let too_old_at = session.created_at + TimeDelta::from(config.lifetime);
    let over_at = idle_at.min(too_old_at).timestamp_millis();
    let options = SetOptions::default()
        .conditional_set(condition)
        .with_expiration(SetExpiry::PXAT(over_at as u64));

    let mut redis = state.redis.connection();
    redis
        .set_options(key(state, &session.id), json, options)
        .await
        .map_err(unavailable)
}

fn key(state: &AppState, id: &SessionId) -> String {
    let name = BASE64_URL_SAFE_NO_PAD.encode(id.as_bytes());
    state.redis.key(&format!("session:{name}"))
}

fn unavailable(error: RedisError) -> Error {
    Error::Unavailable(format!("cannot access the sessions in Redis: {error}").into())
}
