//! Counts wrong passwords in Redis, for all instances together.

use std::time::Duration;

use redis::RedisResult;

use super::{MAX_FROM_ANYWHERE, MAX_FROM_CLIENT, PERIOD, memory};
use crate::client::Client;
use crate::redis::Redis;

/// Stores in each list the times of the latest wrong passwords, in milliseconds on Redis's clock.
/// Returns how long to wait before the attempt and, if requested, counts it as a wrong password.
const ATTEMPT: &str = "
    local period, is_wrong = tonumber(ARGV[1]), ARGV[2] == '1'
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)
    local wait = 0
    for i, key in ipairs(KEYS) do
        local max = tonumber(ARGV[2 + i])
        local first_that_counts = tonumber(redis.call('LINDEX', key, max - 1) or 0)
        wait = math.max(wait, first_that_counts + period - now)
        if is_wrong then
            redis.call('LPUSH', key, string.format('%.0f', now))
            redis.call('LTRIM', key, 0, max - 1)
            redis.call('PEXPIRE', key, period)
        end
    end
    return wait
";

/// The counts, shared by all instances with the same Redis server and key prefix.
pub struct Store {
    redis: Redis,
    /// Used while Redis is unavailable.
    fallback: memory::Store,
}

impl Store {
    pub fn new(redis: Redis) -> Self {
        let fallback = memory::Store::default();
        Self { redis, fallback }
    }

    /// Returns how long to wait before the next attempt; zero if it is allowed now.
    pub(super) async fn wait(&self, account: &str, client: Client) -> Duration {
        match self.attempt(account, client, false).await {
            Ok(millis) => Duration::from_millis(millis),
            Err(_) => self.fallback.wait(account, client).await,
        }
    }

    /// Counts a wrong password; returns the wait that applied before it.
    pub(super) async fn add(&self, account: &str, client: Client) -> Duration {
        match self.attempt(account, client, true).await {
            Ok(millis) => Duration::from_millis(millis),
            Err(_) => self.fallback.add(account, client).await,
        }
    }

    async fn attempt(&self, account: &str, client: Client, is_wrong: bool) -> RedisResult<u64> {
        let Client(address) = client;
        redis::cmd("EVAL")
            .arg(ATTEMPT)
            .arg(2)
            .arg(self.redis.key(&format!("attempts:{address}:{account}")))
            .arg(self.redis.key(&format!("attempts:anywhere:{account}")))
            .arg(PERIOD.as_millis() as u64)
            .arg(u8::from(is_wrong))
            .arg(MAX_FROM_CLIENT)
            .arg(MAX_FROM_ANYWHERE)
            .query_async(&mut self.redis.connection())
            .await
    }
}
