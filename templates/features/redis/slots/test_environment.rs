let redis = crate::redis::variables();
environment.extend(redis.iter().map(|(name, value)| (*name, &**value)));
