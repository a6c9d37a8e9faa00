// SQLx takes no lock of its own on SQLite.
let mut transaction = db.begin_with("BEGIN IMMEDIATE").await?;
MIGRATOR.run(&mut *transaction).await?;
transaction.commit().await?;
Ok(())
