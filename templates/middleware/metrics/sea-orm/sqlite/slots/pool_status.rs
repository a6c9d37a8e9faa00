let pool = db.get_sqlite_connection_pool();
let (open, idle) = (pool.size(), pool.num_idle());
