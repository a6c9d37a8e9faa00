//! The sessions, in Redis, which drops what is over.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::DateTime;
use chrono::TimeDelta;
use chrono::Utc;
use redis::AsyncCommands;
use redis::ExistenceCheck;
use redis::RedisError;
use redis::SetExpiry;
use redis::SetOptions;
use serde::Deserialize;
use serde::Serialize;
use uuid::Uuid;

use crate::cache;
use crate::error::Error;
use crate::models::session::Session;
use crate::models::session::SessionId;
use crate::state::AppState;

/// What is kept under the id of a session.
#[derive(Deserialize, Serialize)]
struct Kept {
    user_id: Uuid,
    created_at: DateTime<Utc>,
    last_used_at: DateTime<Utc>,
}

/// Stores a new session.
pub async fn insert(state: &AppState, session: &Session) -> Result<(), Error> {
    keep(state, session, session.created_at, ExistenceCheck::NX).await
}

/// The session of that id; none where its user is gone.
pub async fn find(state: &AppState, id: &SessionId) -> Result<Option<Session>, Error> {
    let mut redis = state.redis.connection();
    let json: Option<String> = redis.get(key(state, id)).await.map_err(unavailable)?;
    let Some(kept) = json.and_then(|json| serde_json::from_str::<Kept>(&json).ok()) else {
        return Ok(None);
    };

    match cache::users::find(state, kept.user_id).await {
        Ok(_) => Ok(Some(Session {
            id: *id,
            user_id: kept.user_id,
            created_at: kept.created_at,
            last_used_at: kept.last_used_at,
        })),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Notes that a session was used, unless it has ended meanwhile.
pub async fn touch(state: &AppState, session: &Session, now: DateTime<Utc>) -> Result<(), Error> {
    keep(state, session, now, ExistenceCheck::XX).await
}

/// Deletes the session of that id, if there is one.
pub async fn delete(state: &AppState, id: &SessionId) -> Result<(), Error> {
    let mut redis = state.redis.connection();
    redis.del(key(state, id)).await.map_err(unavailable)
}

async fn keep(
    state: &AppState,
    session: &Session,
    last_used_at: DateTime<Utc>,
    condition: ExistenceCheck,
) -> Result<(), Error> {
    let json = serde_json::to_string(&Kept {
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
    Error::Unavailable(format!("Redis does not keep sessions: {error}").into())
}
