("database", crate::db::is_up(&state.db).await.into()),
