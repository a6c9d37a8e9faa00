// A connection is tested whenever it returns to the pool; after that, the server may close it.
let pool = pool.test_before_acquire(false).before_acquire(
    |connection: &mut sqlx::PgConnection, state| {
        Box::pin(async move {
            if state.idle_for > Duration::from_secs(1) {
                connection.ping().await?;
            }
            Ok(true)
        })
    },
);
