//! Sessions: opened by who signs in, kept in the store, proved by a token in a cookie.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::TimeDelta;

use super::caller::Caller;
use super::cookie;
use super::evidence::Evidence;
use super::refusal::Refusal;
use super::store;
use crate::error::Error;
use crate::models::session::Expiry;
use crate::models::session::Session;
use crate::models::session::SessionId;
use crate::models::timestamp;
use crate::state::AppState;

/// Opens a new session, whatever the browser had before; gives the cookie that proves it.
pub async fn open(state: &AppState, caller: &Caller) -> Result<String, Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| Error::Internal(error.into()))?;
    let token = BASE64_URL_SAFE_NO_PAD.encode(bytes);

    let now = timestamp::now();
    let session = Session {
        id: SessionId::of(&token),
        user_id: caller.id,
        created_at: now,
        last_used_at: now,
    };
    store::insert(state, &session).await?;
    Ok(cookie::set(&state.config.session, &token))
}

/// The session that a request belongs to.
pub async fn resume(state: &AppState, evidence: &Evidence<'_>) -> Result<Session, Error> {
    let config = &state.config.session;
    let Some(token) = evidence
        .cookies
        .and_then(|cookies| cookie::token(config, cookies))
    else {
        return Err(Error::Unauthorized(Refusal::Missing));
    };
    let is_trusted = evidence.is_own();
    let allowed = &state.config.cors.allowed_origins;
    let is_allowed = evidence.origin.map(|origin| allowed.contain(origin));
    let is_trusted = is_trusted || is_allowed == Some(true);
    if !is_trusted {
        return Err(Error::Forbidden("a page of another site may not do this"));
    }

    let found = store::find(state, &SessionId::of(token.value())).await?;
    let session = found
        .filter(|session| !expiry(state).is_over(session))
        .ok_or(Error::Unauthorized(Refusal::Invalid))?;
    touch(state, &session).await?;
    Ok(session)
}

/// Ends a session; gives the cookie that makes the browser forget its token.
pub async fn close(state: &AppState, session: &Session) -> Result<String, Error> {
    store::delete(state, &session.id).await?;
    Ok(cookie::clear(&state.config.session))
}

/// Notes the use of a session, but not of each request: that would make a write of every read.
async fn touch(state: &AppState, session: &Session) -> Result<(), Error> {
    let now = timestamp::now();
    let idle = TimeDelta::from(state.config.session.idle);
    if now - session.last_used_at < idle / 10 {
        return Ok(());
    }
    store::touch(state, session, now).await
}

/// What is over by now.
pub(super) fn expiry(state: &AppState) -> Expiry {
    let config = &state.config.session;
    let now = timestamp::now();
    Expiry {
        created_before: now - TimeDelta::from(config.lifetime),
        used_before: now - TimeDelta::from(config.idle),
    }
}
