// Returning a connection to the pool tests it, so a busy one need not be tested again. If the server
// closes it within that second, one request fails with 503.
let pool = pool.test_before_acquire(false).before_acquire(
    |connection: &mut sqlx::PgConnection, metadata| {
        Box::pin(async move {
            let is_fresh = metadata.idle_for < Duration::from_secs(1);
            Ok(is_fresh || connection.ping().await.is_ok())
        })
    },
);
