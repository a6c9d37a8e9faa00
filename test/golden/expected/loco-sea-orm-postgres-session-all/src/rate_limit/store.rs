//! What clients have spent, in Redis: one count for all instances.

use std::net::IpAddr;
use std::time::Duration;

use redis::Script;
use tracing::warn;

use super::Quota;
use crate::redis::Redis;

/// Keeps when the client has earned back all that it has spent, in microseconds of the clock of Redis; gives what
/// it has spent with one more request, and charges it for one that is not over the limit.
const SPEND: &str = "
    local cost, most = tonumber(ARGV[1]), tonumber(ARGV[2])
    local time = redis.call('TIME')
    local now = time[1] * 1000000 + time[2]
    local settled_at = tonumber(redis.call('GET', KEYS[1]) or now)
    local spent = math.max(settled_at - now, 0) + cost
    if spent <= most then
        local milliseconds = math.ceil(spent / 1000)
        redis.call('SET', KEYS[1], string.format('%.0f', now + spent), 'PX', milliseconds)
    end
    return spent
";

/// Shared by all instances that have the same Redis and the same prefix of keys.
pub struct Store {
    redis: Redis,
    spend: Script,
}

impl Store {
    pub fn new(redis: Redis) -> Self {
        let spend = Script::new(SPEND);
        Self { redis, spend }
    }

    /// What the client has spent with one more request; without Redis, no more than that one.
    pub(super) async fn spend(&self, client: IpAddr, quota: &Quota) -> Duration {
        let key = self.redis.key(&format!("rate-limit:{client}"));
        let spent = self
            .spend
            .key(key)
            .arg(quota.cost.as_micros() as u64)
            .arg(quota.most.as_micros() as u64)
            .invoke_async(&mut self.redis.connection())
            .await;
        spent.map(Duration::from_micros).unwrap_or_else(|error| {
            warn!(%error, "requests are not limited");
            quota.cost
        })
    }
}
