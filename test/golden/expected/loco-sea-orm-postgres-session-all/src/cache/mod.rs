//! Caches values in Redis to reduce the load on the database.
//!
//! A write invalidates the cached value for all instances and then changes the database. While
//! Redis is unavailable, writes continue without invalidation. To prevent stale reads afterwards,
//! every value belongs to a generation and is valid only while that generation is current. An
//! instance that connects to Redis starts a new generation before it reads anything; if one of its
//! invalidations failed, it does not use the cache until it has paused it for all instances. A
//! stale user is therefore
//!
//! - never served by the instance that made the change;
//! - never served by an instance that lost its connection to Redis at the same time, nor after
//!   Redis restarts with data from disk;
//! - served by an instance that is still connected to Redis only until the instance that made the
//!   change can write to it again, and for at most `CACHE_TTL_SECONDS`.

pub mod users;

use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{AsyncCommands, RedisResult};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::redis::Redis;

/// The key of the current generation; an empty value pauses the cache.
pub const GENERATION: &str = "cache-generation";

/// The shortest pause after a write.
const MIN_PAUSE: Duration = Duration::from_secs(60);

/// Sets the current generation unless the cache is paused.
const START: &str = "
    if redis.call('GET', KEYS[1]) ~= '' then
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
    end
";

/// Stores a value if its generation is still the current one and no write has begun.
const STORE: &str = "
    if redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('GET', KEYS[2]) ~= '' then
        redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
        redis.call('PEXPIRE', KEYS[1], ARGV[4])
    end
";

/// Returns how long nothing is cached after a write has begun. Longer than any request, so that a
/// read from before the write cannot cache the old value.
pub fn pause_for(request_timeout: Duration) -> Duration {
    MIN_PAUSE.max(2 * request_timeout)
}

/// Pauses the cache of all instances, because a write that failed to invalidate a value may still
/// be in progress.
pub async fn pause(redis: &Redis) -> RedisResult<()> {
    let (key, pause) = (redis.key(GENERATION), redis.cache_pause().as_secs());
    redis.connection().set_ex(key, "", pause).await
}

/// Starts a new generation on a new connection.
pub async fn start(
    connection: &mut MultiplexedConnection,
    key: &str,
    ttl: Duration,
) -> RedisResult<()> {
    redis::cmd("EVAL")
        .arg(START)
        .arg(1)
        .arg(key)
        .arg(new_generation())
        .arg(ttl.as_millis() as u64)
        .exec_async(connection)
        .await
}

fn new_generation() -> String {
    fastrand::u64(..).to_string()
}

/// A value as read from Redis; empty while Redis is unavailable.
#[derive(Default)]
pub struct Found {
    pub generation: Option<String>,
    pub json: Option<String>,
}

/// A value as stored in Redis.
#[derive(Deserialize, Serialize)]
struct Cached<G, T> {
    generation: G,
    value: T,
}

impl Found {
    /// Returns the value if it belongs to the current generation.
    fn value<T: DeserializeOwned>(&self) -> Option<T> {
        let cached: Cached<String, T> = serde_json::from_str(self.json.as_ref()?).ok()?;
        (self.generation.as_ref() == Some(&cached.generation)).then_some(cached.value)
    }
}

/// A cached value.
struct Entry<'a> {
    redis: &'a Redis,
    key: String,
    ttl: Duration,
}

impl Entry<'_> {
    async fn read(&self) -> Found {
        let keys = [self.redis.key(GENERATION), self.key.clone()];
        let found: RedisResult<[Option<String>; 2]> = self.redis.connection().mget(&keys).await;
        let [generation, json] = found.unwrap_or_default();
        Found { generation, json }
    }

    /// Returns the generation for a value that is read from the database next; `None` if it must
    /// not be cached.
    async fn generation(&self, found: Found) -> Option<String> {
        if let Some(generation) = found.generation {
            return Some(generation).filter(|generation| !generation.is_empty());
        }
        // The last generation has expired, along with all of its values.
        let generation = new_generation();
        let key = self.redis.key(GENERATION);
        let mut connection = self.redis.connection();
        let is_new = redis::cmd("SET")
            .arg(key)
            .arg(&generation)
            .arg("NX")
            .arg("PX")
            .arg(self.ttl.as_millis() as u64)
            .query_async(&mut connection)
            .await;
        is_new.unwrap_or(false).then_some(generation)
    }

    async fn store<T: Serialize>(&self, value: &T, generation: String) {
        let Ok(json) = serde_json::to_string(&Cached {
            generation: &generation,
            value,
        }) else {
            return;
        };
        // Up to a tenth less, so that values cached together do not expire together.
        let ttl = self.ttl.mul_f64(1.0 - fastrand::f64() / 10.0);
        let stored = redis::cmd("EVAL")
            .arg(STORE)
            .arg(2)
            .arg(self.redis.key(GENERATION))
            .arg(&self.key)
            .arg(generation)
            .arg(json)
            .arg(ttl.as_millis() as u64)
            .arg(self.ttl.as_millis() as u64)
            .exec_async(&mut self.redis.connection())
            .await;
        // If this fails, the next read queries the database again.
        stored.ok();
    }

    /// Replaces the value with an empty one, which prevents caching during the pause.
    async fn pause(&self) {
        let mut connection = self.redis.connection();
        let pause = self.redis.cache_pause().as_secs();
        let paused: RedisResult<()> = connection.set_ex(&self.key, "", pause).await;
        if let Err(error) = paused {
            self.redis.distrust_cache(&error);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_longer_than_any_request() {
        for seconds in [1, 30, 60, 86_400] {
            let timeout = Duration::from_secs(seconds);
            assert!(pause_for(timeout) > timeout, "{seconds}");
        }
    }
}
