let redis = Redis::open(&config.redis)?;
