crate::db::close(state.db.clone()).await;
