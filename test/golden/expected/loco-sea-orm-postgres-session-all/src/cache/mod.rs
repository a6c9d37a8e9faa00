//! What is kept in Redis, so that the database is asked less. Where Redis fails, the database answers.

pub mod users;

use std::time::Duration;

use redis::AsyncCommands;
use redis::ExistenceCheck;
use redis::RedisResult;
use redis::SetExpiry;
use redis::SetOptions;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tracing::warn;

use crate::redis::Redis;

/// For how long nothing is kept after a write has begun: longer than reads and writes take, so that a read from
/// before the write cannot bring the old value back.
const PAUSE: Duration = Duration::from_secs(60);

/// One value in Redis.
struct Entry<'a> {
    redis: &'a Redis,
    key: String,
}

impl<'a> Entry<'a> {
    fn new(redis: &'a Redis, name: &str) -> Self {
        let key = redis.key(name);
        Self { redis, key }
    }

    /// The value; `None` where there is none of use.
    async fn read<T: DeserializeOwned>(&self) -> Option<T> {
        let kept = self.redis.connection().get(&self.key).await;
        let json: Option<String> = kept.inspect_err(warn).unwrap_or_default();
        serde_json::from_str(&json?).ok()
    }

    /// Keeps the value, unless there is one already.
    async fn keep<T: Serialize>(&self, value: &T, ttl: Duration) {
        let Ok(json) = serde_json::to_string(value) else {
            return;
        };
        // Up to a tenth less: what was read at the same time is not asked for again at the same time.
        let ttl = ttl.mul_f64(1.0 - fastrand::f64() / 10.0);
        let options = SetOptions::default()
            .conditional_set(ExistenceCheck::NX)
            .with_expiration(SetExpiry::PX(ttl.as_millis() as u64));

        let mut connection = self.redis.connection();
        let kept: RedisResult<()> = connection.set_options(&self.key, json, options).await;
        kept.inspect_err(warn).ok();
    }

    /// Drops the value, and keeps none during the pause: a text that is no JSON stands in its place.
    async fn pause(&self) {
        let mut connection = self.redis.connection();
        let paused: RedisResult<()> = connection.set_ex(&self.key, "", PAUSE.as_secs()).await;
        paused.inspect_err(warn).ok();
    }
}

fn warn(error: &redis::RedisError) {
    warn!(%error, "the cache does not work");
}
