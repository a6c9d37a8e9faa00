//! Whether the service can do its work now.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::state::AppState;

/// The whole, and each dependency by its name.
#[derive(Serialize)]
pub struct Readiness {
    pub status: Status,
    checks: BTreeMap<&'static str, Status>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Ok,
    Unavailable,
}

impl From<bool> for Status {
    fn from(is_ok: bool) -> Self {
        if is_ok { Self::Ok } else { Self::Unavailable }
    }
}

/// Asks every dependency; a service that is stopping is not ready whatever they say.
pub async fn check(state: &AppState) -> Readiness {
    let checks = BTreeMap::from([
        // One line a dependency, each with a deadline of its own.
        ("database", crate::db::is_up(&state.db).await.into()),
    ]);

    let all_ok = checks.values().all(|&status| status == Status::Ok);
    Readiness {
        status: (all_ok && !state.shutdown.is_cancelled()).into(),
        checks,
    }
}
