// A separate connection without the pool's limits: migrations may take longer than queries.
let mut connection = db.connect_options().connect().await?;
// SQLx waits for its own lock with a negative timeout, which MariaDB treats as zero.
sqlx::query!("DO GET_LOCK(MD5(DATABASE()), 86400)")
    .execute(&mut connection)
    .await?;
check_unknown(&mut connection).await?;
migrator().run(&mut connection).await?;
// Releases the lock.
connection.close().await?;
Ok(())
