//! Wrong passwords, counted so that nobody can guess one. The count is the same whether or not the account exists.

mod memory;
mod shared;

use std::time::Duration;

pub use shared::Store;

use crate::client::Client;
use crate::error::Error;
use crate::models::user::Email;

/// How long a wrong password counts.
const PERIOD: Duration = Duration::from_secs(15 * 60);

/// How many wrong passwords an account may get from one client in the period, and from all clients together.
const MAX_FROM_CLIENT: usize = 10;
const MAX_FROM_ANYWHERE: usize = 100;

/// Limits how often passwords can be guessed.
pub struct Attempts(Store);

impl Attempts {
    pub fn new(store: Store) -> Self {
        Self(store)
    }

    /// Fails if there were too many wrong passwords for the account. Ask before the password is checked, which is
    /// expensive, and again after, because many attempts at the same time all pass the first time.
    pub async fn check(&self, account: &Email, client: Client) -> Result<(), Error> {
        let wait = self.0.wait(account, client).await;
        refuse_during(wait)
    }

    /// Counts a wrong password; fails if there were too many before.
    pub async fn count(&self, account: &Email, client: Client) -> Result<(), Error> {
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
