// SQLx waits for its lock with a negative timeout, which MariaDB takes for no time at all.
let mut connection = db.acquire().await?.detach();
sqlx::query!("DO GET_LOCK(MD5(DATABASE()), 86400)")
    .execute(&mut connection)
    .await?;
MIGRATOR.run(&mut connection).await?;
// Gives the lock back.
connection.close().await?;
Ok(())
