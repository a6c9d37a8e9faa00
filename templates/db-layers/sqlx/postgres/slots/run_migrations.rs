// A separate connection, because migrations may take longer than queries.
let mut connection = db.connect_options().connect().await?;
sqlx::raw_sql("SET statement_timeout = 0")
    .execute(&mut connection)
    .await?;
// Held until the connection closes, so two processes never create the migrations table at once.
connection.lock().await?;
check_unknown(&mut connection).await?;
migrator().run(&mut connection).await?;
connection.close().await?;
Ok(())
