//! Rate limiting: a client may send so many requests at once, and its quota refills evenly over a period (the generic
//! cell rate algorithm).

mod memory;
mod shared;

use std::time::Duration;

pub use shared::Store;

use crate::client::Client;
use crate::config::RateLimitConfig;

/// Whether requests for this path are never limited, so that probes are not refused.
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

    /// Counts a request of the client, and decides whether it may go on.
    pub async fn count(&self, client: Client) -> Decision {
        let spent = self.store.spend(client, &self.quota).await;
        Decision::new(&self.quota, spent)
    }
}

/// What a client may spend. A request costs the time in which that part of the quota refills.
struct Quota {
    requests: u32,
    cost: Duration,
    /// The cost of all requests that may come at once.
    most: Duration,
}

impl Quota {
    fn new(config: &RateLimitConfig) -> Self {
        let requests = config.requests.get();
        // Whole microseconds, as every store counts.
        let micros = Duration::from(config.period).as_secs() * 1_000_000 / u64::from(requests);
        let cost = Duration::from_micros(micros.max(1));
        Self {
            requests,
            cost,
            most: cost * requests,
        }
    }
}

/// Whether a request may go on, and what its client has left.
#[derive(Clone, Copy)]
pub struct Decision {
    limit: u32,
    remaining: u64,
    /// Seconds until the quota is full again.
    reset: u64,
    /// Seconds to wait; `None` if the request may go on.
    retry_after: Option<u64>,
}

impl Decision {
    /// `spent` includes the request itself, which is over the limit if that is more than the client has.
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

    /// The headers of the response: the three that most clients know (draft 06 of the IETF's RateLimit header fields;
    /// few clients read the later ones yet), and `Retry-After` where the request is refused.
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

/// Converts to whole seconds, rounded up so that waiting for them is enough.
fn seconds(duration: Duration) -> u64 {
    duration.as_micros().div_ceil(1_000_000) as u64
}
