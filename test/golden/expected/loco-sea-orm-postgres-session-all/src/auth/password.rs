//! Passwords, hashed with Argon2id.

use std::num::NonZero;
use std::sync::LazyLock;
use std::thread::available_parallelism;
use std::time::Duration;

use argon2::password_hash::phc::{Output, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version, password_hash};
use tokio::sync::{Mutex, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::error::Error;

/// Hash of an unknown password, checked for unknown emails so that timing reveals nothing.
const DECOY: &str = "$argon2id$v=19$m=19456,t=2,p=1$QTSW4Ux/1gu7H9xop24KCA$ggPniE05nJrHfi0PEbUAZI9ExLnPqHTeTgLrF36gn8k";

/// Maximum concurrent hashes of 19 MiB each, because a container may see all cores of a large host.
const MAX_CONCURRENT: usize = 4;

/// How long a request waits for its permit, so that a flood of logins cannot pile up.
const MAX_WAIT: Duration = Duration::from_secs(20);

/// Permits for concurrent hashes; each takes one core for about 20 ms.
static PERMITS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(concurrency()));

/// Reusable Argon2 buffers: glibc before 2.39 does not reuse memory with this alignment.
static MEMORY: Mutex<Vec<Vec<Block>>> = Mutex::const_new(Vec::new());

fn concurrency() -> usize {
    available_parallelism()
        .map_or(1, NonZero::get)
        .min(MAX_CONCURRENT)
}

/// Hashes a password for storage.
pub async fn hash(password: String) -> Result<String, Error> {
    run(move |memory| {
        let hash = compute(&password, Salt::generate(), Params::DEFAULT, memory)?;
        Ok(hash.to_string())
    })
    .await
}

/// Returns whether the password matches the hash. Without a hash, takes as long and returns false.
pub async fn verify(password: String, hash: Option<String>) -> Result<bool, Error> {
    run(move |memory| {
        let stored = PasswordHash::new(hash.as_deref().unwrap_or(DECOY))?;
        let salt = stored.salt.ok_or(password_hash::Error::SaltInvalid)?;
        let computed = compute(&password, salt, Params::try_from(&stored)?, memory)?;
        // The output type compares in constant time.
        Ok(computed.hash == stored.hash && hash.is_some())
    })
    .await
}

fn compute(
    password: &str,
    salt: Salt,
    params: Params,
    memory: &mut Vec<Block>,
) -> password_hash::Result<PasswordHash> {
    let (algorithm, version) = (Algorithm::Argon2id, Version::V0x13);
    let mut output = [0; Params::DEFAULT_OUTPUT_LEN];

    memory.resize(params.block_count(), Block::new());
    let argon2 = Argon2::new(algorithm, version, params);
    argon2.hash_password_into_with_memory(password.as_bytes(), &salt, &mut output, memory)?;

    Ok(PasswordHash {
        algorithm: algorithm.ident(),
        version: Some(version.into()),
        params: argon2.params().try_into()?,
        salt: Some(salt),
        hash: Some(Output::new(&output)?),
    })
}

/// Runs CPU-bound work on the blocking pool.
async fn run<T: Send + 'static>(
    work: impl FnOnce(&mut Vec<Block>) -> password_hash::Result<T> + Send + 'static,
) -> Result<T, Error> {
    let permit = timeout(MAX_WAIT, PERMITS.acquire())
        .await
        .map_err(|error| Error::Unavailable(error.into()))?
        .map_err(|error| Error::Internal(error.into()))?;
    let done = spawn_blocking(move || {
        // Held until the work is done, even if the request is dropped.
        let _permit = permit;
        let mut memory = MEMORY.blocking_lock().pop().unwrap_or_default();
        let result = work(&mut memory);
        MEMORY.blocking_lock().push(memory);
        result
    });

    match done.await {
        Ok(Ok(result)) => Ok(result),
        Ok(Err(error)) => Err(Error::Internal(error.into())),
        Err(error) => Err(Error::Internal(error.into())),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::sync::SemaphorePermit;

    use super::*;

    async fn all_permits() -> SemaphorePermit<'static> {
        PERMITS.acquire_many(concurrency() as u32).await.unwrap()
    }

    #[test]
    fn the_decoy_takes_as_long_as_what_is_stored() {
        let decoy = PasswordHash::new(DECOY).unwrap();
        assert_eq!(decoy.params.to_string(), Params::DEFAULT.to_string());
    }

    #[tokio::test]
    async fn a_panic_releases_its_permit_and_its_buffer() {
        for _ in 0..=MAX_CONCURRENT {
            let outcome = run::<()>(|_| panic!("on purpose")).await;
            assert!(matches!(outcome, Err(Error::Internal(_))));
        }
        for _ in 0..=MAX_CONCURRENT {
            run(|_| Ok(())).await.unwrap();
        }

        let _permits = all_permits().await;
        let kept = MEMORY.lock().await.len();
        assert!((1..=concurrency()).contains(&kept), "{kept}");
    }

    #[tokio::test]
    async fn an_abandoned_hash_is_not_computed() {
        let done = Arc::new(());
        let work = Arc::clone(&done);
        let permits = all_permits().await;

        let waiting = run(move |_| Ok(work));
        assert!(timeout(Duration::from_millis(1), waiting).await.is_err());

        assert_eq!(Arc::strong_count(&done), 1);
        drop(permits);
    }
}
