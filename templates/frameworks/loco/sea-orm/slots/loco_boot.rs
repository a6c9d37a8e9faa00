// First of all, since Loco's error would not say where the database is.
let db = db::connect(&Config::of(&config)?).await.map_err(to_loco)?;
db::close(db).await;
