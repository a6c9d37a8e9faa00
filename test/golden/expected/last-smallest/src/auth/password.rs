//! Passwords, hashed with Argon2id.

use std::num::NonZero;
use std::sync::LazyLock;
use std::thread::available_parallelism;

use argon2::Argon2;
use argon2::PasswordHasher;
use argon2::PasswordVerifier;
use argon2::password_hash;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::error::Error;
use crate::models::credentials::Password;

/// Compared with where there is no user; of a password that nobody was told.
const DECOY: &str = "$argon2id$v=19$m=19456,t=2,p=1$QTSW4Ux/1gu7H9xop24KCA$ggPniE05nJrHfi0PEbUAZI9ExLnPqHTeTgLrF36gn8k";

/// A hash takes a core for some 20 ms and 19 MiB: more at a time than there are cores would only take more memory.
static CORES: LazyLock<Semaphore> =
    LazyLock::new(|| Semaphore::new(available_parallelism().map_or(1, NonZero::get)));

/// What to store in place of the password.
pub async fn hash(password: Password) -> Result<String, Error> {
    run(move || {
        let hash = Argon2::default().hash_password(password.as_bytes())?;
        Ok(hash.to_string())
    })
    .await
}

/// Whether this is the password of that hash; without one it is not, but takes as long to say so.
pub async fn verify(password: Password, hash: Option<String>) -> Result<bool, Error> {
    run(move || {
        let stored = hash.as_deref().unwrap_or(DECOY);
        match Argon2::default().verify_password(password.as_bytes(), stored) {
            Ok(()) => Ok(hash.is_some()),
            Err(password_hash::Error::PasswordInvalid) => Ok(false),
            Err(error) => Err(error),
        }
    })
    .await
}

/// Runs it where it holds no other request up.
async fn run<T: Send + 'static>(
    work: impl FnOnce() -> password_hash::Result<T> + Send + 'static,
) -> Result<T, Error> {
    let core = CORES
        .acquire()
        .await
        .map_err(|error| Error::Internal(error.into()))?;
    let done = spawn_blocking(move || {
        // Given back when the work is done, even if nobody waits for it any more.
        let _core = core;
        work()
    });

    match done.await {
        Ok(Ok(result)) => Ok(result),
        Ok(Err(error)) => Err(Error::Internal(error.into())),
        Err(error) => Err(Error::Internal(error.into())),
    }
}
