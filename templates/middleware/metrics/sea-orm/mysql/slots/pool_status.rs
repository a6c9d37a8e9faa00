let pool = db.get_mysql_connection_pool();
let (open, idle) = (pool.size(), pool.num_idle());
