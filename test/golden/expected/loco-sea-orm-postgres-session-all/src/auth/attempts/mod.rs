//! Limits how often passwords can be guessed, by counting wrong ones per account. Unknown accounts
//! are counted the same way, so the limit does not reveal which accounts exist.

mod memory;
mod shared;

use std::time::Duration;

pub use shared::Store;

use crate::client::Client;
use crate::error::Error;

/// How long a wrong password counts towards the limits.
const PERIOD: Duration = Duration::from_secs(15 * 60);

/// Wrong passwords allowed per account and period, from one client and from all clients together.
const MAX_FROM_CLIENT: usize = 10;
const MAX_FROM_ANYWHERE: usize = 100;

/// The limit on wrong passwords.
pub struct Attempts(Store);

impl Attempts {
    pub fn new(store: Store) -> Self {
        Self(store)
    }

    /// Fails after too many wrong passwords for the account. Call this before checking the
    /// password, which is expensive, and again afterwards, because concurrent attempts all pass the
    /// first call.
    pub async fn check(&self, account: &str, client: Client) -> Result<(), Error> {
        let wait = self.0.wait(account, client).await;
        refuse_during(wait)
    }

    /// Counts a wrong password; fails if there were already too many.
    pub async fn count(&self, account: &str, client: Client) -> Result<(), Error> {
        let wait = self.0.add(account, client).await;
        refuse_during(wait)
    }
}

fn refuse_during(wait: Duration) -> Result<(), Error> {
    if wait.is_zero() {
        return Ok(());
    }
    Err(Error::TooManyAttempts {
        retry_after: wait.as_millis().div_ceil(1000) as u64,
    })
}
