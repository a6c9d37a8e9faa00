//! State that every request can access.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::config::Config;
use crate::db::Db;
use crate::metrics::Metrics;
use crate::rate_limit::RateLimit;
use crate::redis::Redis;

/// State shared by all requests. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    pub config: Arc<Config>,
    pub db: Db,
    pub attempts: Arc<crate::auth::attempts::Attempts>,
    pub rate_limit: Arc<RateLimit>,
    pub metrics: Metrics,
    pub redis: Redis,
    /// Cancelled as soon as the service starts to shut down.
    pub shutdown: CancellationToken,
}
