//! Deletes expired sessions.

use std::error::Error;
use std::time::Duration;

use tokio::time::sleep;
use tracing::warn;

use super::sessions;
use crate::db;
use crate::state::AppState;

/// Average time between two rounds.
const PERIOD: Duration = Duration::from_secs(15 * 60);

/// How many sessions to delete at a time, so that locks are held only briefly.
const BATCH: u32 = 1_000;

/// Pause between two batches, so that other queries can run.
const PAUSE: Duration = Duration::from_millis(100);

/// Cleans up periodically until the service stops.
pub async fn run(state: AppState) {
    loop {
        tokio::select! {
            () = state.shutdown.cancelled() => return,
            () = sleep(pause()) => delete_expired(&state).await,
        }
    }
}

/// Returns a random pause of 0.5 to 1.5 periods, so that instances that start together do not clean
/// up together.
fn pause() -> Duration {
    let random = f64::from(getrandom::u32().unwrap_or_default()) / f64::from(u32::MAX);
    PERIOD.mul_f64(0.5 + random)
}

async fn delete_expired(state: &AppState) {
    let expiry = sessions::expiry(state);
    while !state.shutdown.is_cancelled() {
        match db::sessions::delete_expired(&state.db, &expiry, BATCH).await {
            Ok(deleted) if deleted < u64::from(BATCH) => return,
            Ok(_) => sleep(PAUSE).await,
            Err(error) => {
                warn!(cause = error.source(), "cannot delete sessions: {error}");
                return;
            }
        }
    }
}
