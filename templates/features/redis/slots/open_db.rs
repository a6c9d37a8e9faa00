let redis = Redis::open(&config.redis, config.cache.ttl.into())?;
