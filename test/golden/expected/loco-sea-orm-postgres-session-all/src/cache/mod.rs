//! Values cached in Redis, so that the database is asked less. While Redis is away, the database serves.
//!
//! A write invalidates the cached value in all instances, and then changes the database. While Redis is away, writes go
//! on without. So that what was cached before is not served afterwards, every value belongs to a generation and counts
//! only while that is the current one. An instance that connects to Redis starts a new one before it reads anything, and
//! pauses the cache of all instances for a while if it has missed an invalidation. A deleted or changed user is thus
//!
//! - not served by the instance that changed it;
//! - not served by an instance that was cut off from Redis at the same time, nor from what a Redis that was restarted
//!   has read back from its disk;
//! - served by an instance that still reached Redis only until the one that changed it reaches Redis again, and never
//!   longer than `CACHE_TTL_SECONDS`.

pub mod users;

use std::time::Duration;

use redis::AsyncCommands;
use redis::RedisResult;
use redis::aio::MultiplexedConnection;
use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::redis::Redis;

/// The name of the current generation; an empty text in its place pauses the cache.
pub const GENERATION: &str = "cache-generation";

/// How long nothing is cached after a write has begun: longer than reads and writes take, so that a read from before
/// the write cannot bring the old value back.
const PAUSE: Duration = Duration::from_secs(60);

/// Sets the current generation, but does not end a pause.
const START: &str = "
    if ARGV[1] == '' or redis.call('GET', KEYS[1]) ~= '' then
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

/// Starts a new generation on a new connection; if an invalidation was missed, pauses the cache instead, because that
/// write may still be going on.
pub async fn start(
    connection: &mut MultiplexedConnection,
    key: &str,
    ttl: Duration,
    is_stale: bool,
) -> RedisResult<()> {
    let (generation, lifetime) = if is_stale {
        (String::new(), PAUSE)
    } else {
        (new_generation(), ttl)
    };
    redis::cmd("EVAL")
        .arg(START)
        .arg(1)
        .arg(key)
        .arg(generation)
        .arg(lifetime.as_millis() as u64)
        .exec_async(connection)
        .await
}

fn new_generation() -> String {
    fastrand::u64(..).to_string()
}

/// What Redis has of a value; empty while it is away.
#[derive(Default)]
pub struct Found {
    pub generation: Option<String>,
    pub json: Option<String>,
}

/// A value as it is stored.
#[derive(Deserialize, Serialize)]
struct Cached<G, T> {
    generation: G,
    value: T,
}

impl Found {
    /// The value; `None` if there is none that counts.
    fn value<T: DeserializeOwned>(&self) -> Option<T> {
        let cached: Cached<String, T> = serde_json::from_str(self.json.as_ref()?).ok()?;
        (self.generation.as_ref() == Some(&cached.generation)).then_some(cached.value)
    }
}

/// One value in Redis.
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

    /// The generation that a value belongs to which is read from the database after this; `None` if it must not be
    /// cached.
    async fn generation(&self, found: Found) -> Option<String> {
        if let Some(generation) = found.generation {
            return Some(generation).filter(|generation| !generation.is_empty());
        }
        // The last one has expired, with all that belonged to it.
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
        // Up to a tenth less, so that what was cached together does not expire together.
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
        // Without, the next read asks the database again.
        stored.ok();
    }

    /// Invalidates the value, and caches none during the pause: an empty text stands in its place.
    async fn pause(&self) {
        let mut connection = self.redis.connection();
        let paused: RedisResult<()> = connection.set_ex(&self.key, "", PAUSE.as_secs()).await;
        if paused.is_err() {
            self.redis.distrust_cache();
        }
    }
}
