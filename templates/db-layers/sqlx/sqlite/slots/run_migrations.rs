// SQLx takes no lock on SQLite.
let mut transaction = db.begin_with("BEGIN IMMEDIATE").await?;
check_unknown(&mut *transaction).await?;
migrator().run(&mut *transaction).await?;
transaction.commit().await?;
Ok(())
