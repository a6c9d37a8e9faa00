//! Rate limiting with the generic cell rate algorithm: each client has a quota of requests, which
//! refills evenly over a period.

mod memory;
mod shared;

use std::time::Duration;

pub use shared::Store;

use crate::client::Client;
use crate::config::RateLimitConfig;

/// Whether this path is exempt from the limit, so that probes are never rejected.
pub fn is_exempt(path: &str) -> bool {
    ["/health", "/ready"].contains(&path)
}

/// The quota, and what each client has spent of it.
pub struct RateLimit {
    quota: Quota,
    store: Store,
}

impl RateLimit {
    pub fn new(config: &RateLimitConfig, store: Store) -> Self {
        let quota = Quota::new(config);
        Self { quota, store }
    }

    /// Counts a request of the client and decides whether it is allowed.
    pub async fn count(&self, client: Client) -> Decision {
        let spent = self.store.spend(client, &self.quota).await;
        Decision::new(&self.quota, spent)
    }
}

/// The quota of a client, as a duration: a request costs the time in which its share refills.
struct Quota {
    requests: u32,
    cost: Duration,
    /// The cost of all requests that may be sent at once.
    most: Duration,
}

impl Quota {
    fn new(config: &RateLimitConfig) -> Self {
        let requests = config.requests.get();
        // In whole microseconds, the unit of every store.
        let micros = Duration::from(config.period).as_secs() * 1_000_000 / u64::from(requests);
        let cost = Duration::from_micros(micros.max(1));
        Self {
            requests,
            cost,
            most: cost * requests,
        }
    }
}

/// Whether a request is allowed, and the remaining quota of its client.
#[derive(Clone, Copy)]
pub struct Decision {
    limit: u32,
    remaining: u64,
    /// Seconds until the quota is full again.
    reset: u64,
    /// Seconds to wait before retrying; `None` if the request is allowed.
    retry_after: Option<u64>,
}

impl Decision {
    /// Decides on a request. `spent` includes the request itself, which is over the limit if that
    /// exceeds the quota.
    fn new(quota: &Quota, spent: Duration) -> Self {
        let left = quota.most.saturating_sub(spent);
        Self {
            limit: quota.requests,
            remaining: (left.as_micros() / quota.cost.as_micros()) as u64,
            reset: seconds(spent.min(quota.most)),
            retry_after: (spent > quota.most).then(|| seconds(spent - quota.most)),
        }
    }

    pub fn is_refusal(&self) -> bool {
        self.retry_after.is_some()
    }

    /// Returns the headers of the response: the three that most clients know (draft 06 of the
    /// IETF's RateLimit header fields; few clients read the later ones yet), and `Retry-After` if
    /// the request is rejected.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let quota = [
            ("ratelimit-limit", self.limit.into()),
            ("ratelimit-remaining", self.remaining),
            ("ratelimit-reset", self.reset),
        ];
        let wait = self.retry_after.map(|wait| ("retry-after", wait));
        quota.into_iter().chain(wait)
    }
}

/// Converts to whole seconds, rounded up so that a retry after them is not too early.
fn seconds(duration: Duration) -> u64 {
    duration.as_micros().div_ceil(1_000_000) as u64
}
