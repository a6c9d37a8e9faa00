let db = state.db.clone();
probes.spawn(async move { ("database", Need::Required, crate::db::is_up(&db).await) });
