MIGRATOR.run(db).await
