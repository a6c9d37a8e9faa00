//! State that every request can access.

use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use crate::config::Config;
use crate::db::Db;

/// State shared by all requests. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    pub config: Arc<Config>,
    pub db: Db,
    /// Cancelled as soon as the service starts to shut down.
    pub shutdown: CancellationToken,
}
