let (open, idle) = (db.size(), db.num_idle());
