/// A connection that can revert migrations.
pub type SyncConnection = diesel::SqliteConnection;
