//! Tracks quotas in Redis, shared by all instances of the service.

use std::time::Duration;

use redis::Script;

use super::{Quota, memory};
use crate::client::Client;
use crate::redis::Redis;

/// Stores when the client's quota is full again, in microseconds by the clock of Redis. Returns
/// what the client has spent including this request, which is only charged if it is within the
/// limit.
const SPEND: &str = "
    local cost, most = tonumber(ARGV[1]), tonumber(ARGV[2])
    local time = redis.call('TIME')
    local now = time[1] * 1000000 + time[2]
    local full_at = tonumber(redis.call('GET', KEYS[1]) or now)
    local spent = math.max(full_at - now, 0) + cost
    if spent <= most then
        local milliseconds = math.ceil(spent / 1000)
        redis.call('SET', KEYS[1], string.format('%.0f', now + spent), 'PX', milliseconds)
    end
    return spent
";

/// Shared by all instances with the same Redis server and key prefix.
pub struct Store {
    redis: Redis,
    spend: Script,
    /// Counts while Redis is unavailable, so that the limit does not fail open.
    fallback: memory::Store,
}

impl Store {
    pub fn new(redis: Redis) -> Self {
        Self {
            redis,
            spend: Script::new(SPEND),
            fallback: memory::Store::default(),
        }
    }

    /// Returns what the client has spent including this request; while Redis is unavailable, on
    /// this instance only.
    pub(super) async fn spend(&self, client: Client, quota: &Quota) -> Duration {
        let Client(address) = client;
        let spent = self
            .spend
            .key(self.redis.key(&format!("rate-limit:{address}")))
            .arg(quota.cost.as_micros() as u64)
            .arg(quota.most.as_micros() as u64)
            .invoke_async(&mut self.redis.connection())
            .await;
        match spent {
            Ok(micros) => Duration::from_micros(micros),
            Err(_) => self.fallback.spend(client, quota).await,
        }
    }
}
