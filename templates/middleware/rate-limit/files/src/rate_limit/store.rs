//! What clients have spent, in the memory of the process: instances do not know of each other.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::IpAddr;
use std::net::Ipv4Addr;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;
use std::time::Instant;

use super::Quota;

/// How many clients are told apart at the same time, which bounds the memory; all others share what one may spend.
const MOST_CLIENTS: usize = 100_000;

/// Shared by all requests of the process.
pub struct Store(Mutex<Clients>);

struct Clients {
    /// When each has earned back all that it has spent.
    settled_at: HashMap<IpAddr, Instant>,
    /// When those who have are forgotten next.
    sweep_at: Instant,
}

impl Default for Store {
    fn default() -> Self {
        Self(Mutex::new(Clients {
            settled_at: HashMap::new(),
            sweep_at: Instant::now(),
        }))
    }
}

impl Store {
    /// What the client has spent with one more request; it is not charged for one that is over the limit.
    pub(super) async fn spend(&self, client: IpAddr, quota: &Quota) -> Duration {
        let now = Instant::now();
        let mut clients = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        clients.sweep(now, quota);

        let settled_at = clients.entry(client).or_insert(now);
        let spent = settled_at.saturating_duration_since(now) + quota.cost;
        if spent <= quota.most {
            *settled_at = now + spent;
        }
        spent
    }
}

impl Clients {
    /// Forgets, once in a while, who has earned back everything.
    fn sweep(&mut self, now: Instant, quota: &Quota) {
        if now >= self.sweep_at {
            self.settled_at.retain(|_, settled_at| *settled_at > now);
            self.sweep_at = now + quota.most;
        }
    }

    fn entry(&mut self, client: IpAddr) -> Entry<'_, IpAddr, Instant> {
        let is_full = self.settled_at.len() >= MOST_CLIENTS;
        if is_full && !self.settled_at.contains_key(&client) {
            return self.settled_at.entry(Ipv4Addr::UNSPECIFIED.into());
        }
        self.settled_at.entry(client)
    }
}
