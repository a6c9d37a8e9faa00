//! The connections to the database.

use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;

use crate::db::Db;

/// How many there are now, and how many of them wait for work.
pub fn registry(db: &Db) -> Registry {
    let pool = db.get_postgres_connection_pool();
    let (open, idle) = (pool.size(), pool.num_idle());

    let mut registry = Registry::default();
    registry.register(
        "database_connections",
        "Connections to the database that are open",
        ConstGauge::new(open),
    );
    registry.register(
        "database_connections_idle",
        "Those of them that wait for work",
        ConstGauge::new(idle),
    );
    registry
}
