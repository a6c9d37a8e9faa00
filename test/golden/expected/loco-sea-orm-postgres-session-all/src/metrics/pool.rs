//! Metrics of the connection pool.

use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;

use crate::db::Db;

/// Returns the current number of open and idle connections.
pub fn registry(db: &Db) -> Registry {
    let pool = db.get_postgres_connection_pool();
    let (open, idle) = (pool.size(), pool.num_idle());

    let mut registry = Registry::default();
    registry.register(
        "database_connections",
        "Open database connections",
        ConstGauge::new(open),
    );
    registry.register(
        "database_connections_idle",
        "Idle database connections",
        ConstGauge::new(idle),
    );
    registry
}
