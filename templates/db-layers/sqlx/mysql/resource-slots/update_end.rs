.execute(db)
.await?;

// MySQL has no `RETURNING`.
find(db, id).await
