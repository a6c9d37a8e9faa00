// Unlike a server, a file cannot drop its connections.
let pool = pool.test_before_acquire(false);
