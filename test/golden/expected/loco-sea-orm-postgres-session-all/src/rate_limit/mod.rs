//! How many requests a client may send: so many at once, which come back evenly over a period (the generic cell
//! rate algorithm).

mod client;
mod store;

use std::net::IpAddr;
use std::time::Duration;

pub use store::Store;

use crate::config::RateLimitConfig;

/// Whether what is asked for is never refused: whoever watches the service must not be taken for a crowd.
pub fn is_exempt(path: &str) -> bool {
    ["/health", "/ready", crate::metrics::PATH].contains(&path)
}

/// The limit, and what each client has spent of it.
pub struct RateLimit {
    quota: Quota,
    trusted_proxies: usize,
    store: Store,
}

impl RateLimit {
    pub fn new(config: &RateLimitConfig, store: Store) -> Self {
        Self {
            quota: Quota::new(config),
            trusted_proxies: config.trusted_proxies,
            store,
        }
    }

    /// Who sends a request that came from `peer` with these `X-Forwarded-For` headers.
    pub fn client<'a>(&self, peer: IpAddr, forwarded: impl Iterator<Item = &'a str>) -> IpAddr {
        client::identify(peer, forwarded, self.trusted_proxies)
    }

    /// Counts a request of the client, and says whether it may go on.
    pub async fn count(&self, client: IpAddr) -> Decision {
        let spent = self.store.spend(client, &self.quota).await;
        Decision::new(&self.quota, spent)
    }
}

/// What a client may spend. A request costs the time in which the right to it comes back.
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

/// What becomes of a request, and what its client has left.
#[derive(Clone, Copy)]
pub struct Decision {
    limit: u32,
    remaining: u64,
    /// Seconds until nothing is spent any more.
    reset: u64,
    /// Seconds to wait; `None` where the request may go on.
    retry_after: Option<u64>,
}

impl Decision {
    /// `spent` includes the request itself, which is over the limit where that is more than the client has.
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

    /// The headers that tell the client: the three that most clients know (draft 06 of the IETF's RateLimit header
    /// fields; the later ones with one structured field are hardly read yet).
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let told = [
            ("ratelimit-limit", self.limit.into()),
            ("ratelimit-remaining", self.remaining),
            ("ratelimit-reset", self.reset),
        ];
        let wait = self.retry_after.map(|wait| ("retry-after", wait));
        told.into_iter().chain(wait)
    }
}

/// In whole seconds, rounded up: who waits that long has waited long enough.
fn seconds(duration: Duration) -> u64 {
    duration.as_micros().div_ceil(1_000_000) as u64
}
