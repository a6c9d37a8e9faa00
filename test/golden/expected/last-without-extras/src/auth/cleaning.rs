//! Rids the store of sessions that are over.

use std::error::Error;
use std::time::Duration;

use tokio::time::interval;
use tracing::warn;

use super::sessions;
use crate::db;
use crate::state::AppState;

const PERIOD: Duration = Duration::from_secs(60 * 60);

/// Goes on until the service stops.
pub async fn run(state: AppState) {
    let mut cleaning = interval(PERIOD);
    loop {
        tokio::select! {
            () = state.shutdown.cancelled() => return,
            _ = cleaning.tick() => delete_expired(&state).await,
        }
    }
}

async fn delete_expired(state: &AppState) {
    let expiry = sessions::expiry(state);
    if let Err(error) = db::sessions::delete_expired(&state.db, &expiry).await {
        warn!(cause = error.source(), "cannot delete sessions: {error}");
    }
}
