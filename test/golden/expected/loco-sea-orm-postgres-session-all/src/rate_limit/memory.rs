//! Tracks quotas in memory, separately in each instance of the service.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::Ipv4Addr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::Quota;
use crate::client::Client;

/// The maximum number of clients tracked at once, which bounds memory; all others share one quota.
const MAX_CLIENTS: usize = 100_000;

/// The in-memory store, shared by all requests of the process.
pub struct Store(Mutex<Clients>);

struct Clients {
    /// When each client's quota is full again.
    full_at: HashMap<Client, Instant>,
    /// When to forget the clients whose quota is full.
    sweep_at: Instant,
}

impl Default for Store {
    fn default() -> Self {
        Self(Mutex::new(Clients {
            full_at: HashMap::new(),
            sweep_at: Instant::now(),
        }))
    }
}

impl Store {
    /// Returns what the client has spent including this request, which is not charged if it is over
    /// the limit.
    pub(super) async fn spend(&self, client: Client, quota: &Quota) -> Duration {
        let now = Instant::now();
        let mut clients = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        clients.sweep(now, quota);

        let full_at = clients.entry(client).or_insert(now);
        let spent = full_at.saturating_duration_since(now) + quota.cost;
        if spent <= quota.most {
            *full_at = now + spent;
        }
        spent
    }
}

impl Clients {
    /// Periodically forgets the clients whose quota is full.
    fn sweep(&mut self, now: Instant, quota: &Quota) {
        if now >= self.sweep_at {
            self.full_at.retain(|_, full_at| *full_at > now);
            self.sweep_at = now + quota.most;
        }
    }

    fn entry(&mut self, client: Client) -> Entry<'_, Client, Instant> {
        let is_full = self.full_at.len() >= MAX_CLIENTS;
        if is_full && !self.full_at.contains_key(&client) {
            return self.full_at.entry(Client(Ipv4Addr::UNSPECIFIED.into()));
        }
        self.full_at.entry(client)
    }
}
