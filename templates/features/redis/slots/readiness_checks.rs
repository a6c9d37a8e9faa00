("redis", state.redis.is_up().await.into()),
