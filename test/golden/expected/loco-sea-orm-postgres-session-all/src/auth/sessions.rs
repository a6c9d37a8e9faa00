//! Sessions: opened at login, kept in the store and identified by a token in a cookie.

use std::error::Error as _;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use tracing::warn;

use super::caller::Caller;
use super::evidence::Evidence;
use super::refusal::Refusal;
use super::{accounts, cookie, store};
use crate::error::Error;
use crate::models::session::{Expiry, Session, SessionId};
use crate::models::timestamp;
use crate::state::AppState;

/// Opens a new session, even if the browser already has one; returns its cookie.
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
    if let Err(error) = store::insert(state, &session).await {
        // The user may have been deleted since the password was checked.
        accounts::find(&state.db, Caller { id: caller.id }).await?;
        return Err(error);
    }
    Ok(cookie::set(&state.config.session, &token))
}

/// Returns the session of a request.
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
        return Err(Error::Forbidden("cross-site requests are not allowed"));
    }

    let found = store::find(state, &SessionId::of(token.value())).await?;
    let session = found
        .filter(|session| !expiry(state).is_over(session))
        .ok_or(Error::Unauthorized(Refusal::Invalid))?;
    touch(state, &session);
    Ok(session)
}

/// Ends a session; returns the cookie that deletes its token in the browser.
pub async fn close(state: &AppState, session: &Session) -> Result<String, Error> {
    store::delete(state, &session.id).await?;
    Ok(cookie::clear(&state.config.session))
}

/// Records the use of a session in the background, so that requests neither wait for it nor fail
/// because of it. Does so only occasionally, to avoid a write for every read.
fn touch(state: &AppState, session: &Session) {
    let now = timestamp::now();
    let idle = TimeDelta::from(state.config.session.idle);
    if now - session.last_used_at < idle / 10 {
        return;
    }
    let (state, session) = (state.clone(), session.clone());
    tokio::spawn(async move {
        if let Err(error) = store::touch(&state, &session, now).await {
            warn!(
                cause = error.source(),
                "cannot record the use of a session: {error}"
            );
        }
    });
}

/// Computes which sessions have expired by now.
pub(super) fn expiry(state: &AppState) -> Expiry {
    let config = &state.config.session;
    let now = timestamp::now();
    Expiry {
        created_before: now - TimeDelta::from(config.lifetime),
        used_before: now - TimeDelta::from(config.idle),
    }
}
