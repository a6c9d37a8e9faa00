let pool = db.get_postgres_connection_pool();
let (open, idle) = (pool.size(), pool.num_idle());
