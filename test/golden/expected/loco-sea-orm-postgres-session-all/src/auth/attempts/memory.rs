//! Counts wrong passwords in memory, for each instance separately.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{MAX_FROM_ANYWHERE, MAX_FROM_CLIENT, PERIOD};
use crate::client::Client;

/// Maximum number of counts, to bound memory.
const MAX_COUNTS: usize = 100_000;

/// The counts, shared by all requests of this process.
#[derive(Default)]
pub struct Store(Mutex<Counts>);

/// Times of the latest wrong passwords per account, from one client or (`None`) from anywhere.
#[derive(Default)]
struct Counts(HashMap<Key, VecDeque<Instant>>);

type Key = (String, Option<Client>);

impl Store {
    /// Returns how long to wait before the next attempt; zero if it is allowed now.
    pub(super) async fn wait(&self, account: &str, client: Client) -> Duration {
        let now = Instant::now();
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.wait(&keys(account, client), now)
    }

    /// Counts a wrong password; returns the wait that applied before it.
    pub(super) async fn add(&self, account: &str, client: Client) -> Duration {
        let now = Instant::now();
        let keys = keys(account, client);
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = counts.wait(&keys, now);
        for (key, max) in keys {
            counts.add(key, max, now);
        }
        wait
    }
}

/// Returns the keys of the two counts of an attempt, each with its limit.
fn keys(account: &str, client: Client) -> [(Key, usize); 2] {
    [
        ((account.to_owned(), Some(client)), MAX_FROM_CLIENT),
        ((account.to_owned(), None), MAX_FROM_ANYWHERE),
    ]
}

impl Counts {
    fn wait(&self, keys: &[(Key, usize)], now: Instant) -> Duration {
        let wait = |(key, max): &(Key, usize)| {
            let times = self.0.get(key)?;
            let first_that_counts = times.get(times.len().checked_sub(*max)?)?;
            Some((*first_that_counts + PERIOD).saturating_duration_since(now))
        };
        keys.iter().filter_map(wait).max().unwrap_or_default()
    }

    fn add(&mut self, key: Key, max: usize, now: Instant) {
        if self.0.len() >= MAX_COUNTS && !self.0.contains_key(&key) {
            self.make_room(now);
        }
        let times = self.0.entry(key).or_default();
        times.push_back(now);
        if times.len() > max {
            times.pop_front();
        }
    }

    /// Removes expired counts and, if that is not enough, an arbitrary tenth of the rest.
    fn make_room(&mut self, now: Instant) {
        self.0
            .retain(|_, times| times.back().is_some_and(|&last| last + PERIOD > now));
        if self.0.len() >= MAX_COUNTS {
            let mut nth = 0;
            self.0.retain(|_, _| {
                nth += 1;
                nth % 10 != 0
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn key(account: &str) -> Key {
        (account.to_owned(), None)
    }

    #[test]
    fn a_wrong_password_counts_for_the_period_and_no_longer() {
        let start = Instant::now();
        let mut counts = Counts::default();
        for second in 0..3 {
            counts.add(key("ada"), 3, start + SECOND * second);
        }

        let wait = |now| counts.wait(&[(key("ada"), 3)], now);
        assert_eq!(wait(start + SECOND * 2), PERIOD - SECOND * 2);
        assert_eq!(wait(start + PERIOD), Duration::ZERO);
        assert_eq!(counts.wait(&[(key("ada"), 4)], start), Duration::ZERO);
        assert_eq!(counts.wait(&[(key("eve"), 3)], start), Duration::ZERO);
    }

    #[test]
    fn only_the_latest_count() {
        let start = Instant::now();
        let mut counts = Counts::default();
        for second in 0..100 {
            counts.add(key("ada"), 3, start + SECOND * second);
        }

        let wait = counts.wait(&[(key("ada"), 3)], start + SECOND * 99);
        assert_eq!(wait, PERIOD - SECOND * 2);
    }

    #[test]
    fn the_memory_is_bounded() {
        let start = Instant::now();
        let mut counts = Counts::default();
        for n in 0..=MAX_COUNTS {
            counts.add(key(&n.to_string()), 3, start);
        }
        assert!((MAX_COUNTS / 2..=MAX_COUNTS).contains(&counts.0.len()));

        for n in 0..=MAX_COUNTS {
            counts.add(key(&format!("later {n}")), 3, start + PERIOD);
        }
        assert!(counts.0.len() <= MAX_COUNTS);
        assert!(!counts.0.contains_key(&key("1")));
    }
}
