let db = db::connect(&config).await?;
