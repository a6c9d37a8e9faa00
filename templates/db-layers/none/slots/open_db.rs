let db = db::Db::default();
