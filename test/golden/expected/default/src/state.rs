//! What every request can reach.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::config::Config;
use crate::db::Db;

/// Shared by all requests; a clone is cheap.
#[derive(Clone)]
pub struct AppState {
    pub config: Arc<Config>,
    pub db: Db,
    /// Cancelled as soon as the service begins to stop.
    pub shutdown: CancellationToken,
}
