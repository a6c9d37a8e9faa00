//! Wrong passwords, in Redis: one count for all instances.

use std::time::Duration;

use redis::RedisResult;

use super::MAX_FROM_ANYWHERE;
use super::MAX_FROM_CLIENT;
use super::PERIOD;
use super::memory;
use crate::client::Client;
use crate::models::user::Email;
use crate::redis::Redis;

/// Keeps, in each list, when the latest wrong passwords were, in milliseconds of the clock of Redis. Returns how long to
/// wait before an attempt, and counts it as a wrong password if asked to.
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

/// Shared by all instances that have the same Redis and the same prefix of keys.
pub struct Store {
    redis: Redis,
    /// Counts while Redis is away.
    fallback: memory::Store,
}

impl Store {
    pub fn new(redis: Redis) -> Self {
        let fallback = memory::Store::default();
        Self { redis, fallback }
    }

    /// Returns how long to wait before the next attempt; zero if it may be made now.
    pub(super) async fn wait(&self, account: &Email, client: Client) -> Duration {
        match self.attempt(account, client, false).await {
            Ok(millis) => Duration::from_millis(millis),
            Err(_) => self.fallback.wait(account, client).await,
        }
    }

    /// Counts a wrong password; returns how long there was to wait before it.
    pub(super) async fn add(&self, account: &Email, client: Client) -> Duration {
        match self.attempt(account, client, true).await {
            Ok(millis) => Duration::from_millis(millis),
            Err(_) => self.fallback.add(account, client).await,
        }
    }

    async fn attempt(&self, account: &Email, client: Client, is_wrong: bool) -> RedisResult<u64> {
        let account = account.as_str();
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
