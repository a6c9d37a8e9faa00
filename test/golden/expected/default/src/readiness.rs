//! Reports whether the service can handle requests.

use std::collections::BTreeMap;

use serde::Serialize;
use tokio::task::JoinSet;

use crate::state::AppState;

/// The readiness of the service and of each dependency, by name.
#[derive(Serialize)]
pub struct Readiness {
    pub status: Status,
    checks: BTreeMap<String, Status>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Ok,
    /// An optional dependency is unavailable.
    Degraded,
    Unavailable,
}

/// Whether the service can work without a dependency.
pub enum Need {
    Required,
    Optional,
}

/// Checks all dependencies concurrently, each with its own deadline.
pub async fn check(state: &AppState) -> Readiness {
    let mut probes: JoinSet<(&'static str, Need, bool)> = JoinSet::new();
    let db = state.db.clone();
    probes.spawn(async move { ("database", Need::Required, crate::db::is_up(&db).await) });

    let mut status = Status::Ok;
    let mut checks = BTreeMap::new();
    while let Some(probe) = probes.join_next().await {
        let Ok((name, need, is_up)) = probe else {
            status = Status::Unavailable;
            continue;
        };
        let (check, consequence) = match (is_up, need) {
            (true, _) => (Status::Ok, Status::Ok),
            (false, Need::Optional) => (Status::Unavailable, Status::Degraded),
            (false, Need::Required) => (Status::Unavailable, Status::Unavailable),
        };
        checks.insert(name.to_owned(), check);
        status = status.max(consequence);
    }
    // A service that is stopping is not ready, whatever the state of its dependencies.
    if state.shutdown.is_cancelled() {
        status = Status::Unavailable;
    }
    Readiness { status, checks }
}
