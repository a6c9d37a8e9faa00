//! Passwords, hashed with Argon2id.

use std::num::NonZero;
use std::sync::Arc;
use std::sync::LazyLock;
use std::sync::Mutex;
use std::sync::mpsc;
use std::thread;
use std::thread::available_parallelism;

use argon2::Algorithm;
use argon2::Argon2;
use argon2::Block;
use argon2::Params;
use argon2::Version;
use argon2::password_hash;
use argon2::password_hash::phc::Output;
use argon2::password_hash::phc::ParamsString;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::phc::Salt;
use tokio::sync::oneshot;

use crate::error::Error;
use crate::models::credentials::Password;

/// Compared with where there is no user; of a password that nobody was told.
const DECOY: &str = "$argon2id$v=19$m=19456,t=2,p=1$QTSW4Ux/1gu7H9xop24KCA$ggPniE05nJrHfi0PEbUAZI9ExLnPqHTeTgLrF36gn8k";

type Work = Box<dyn FnOnce(&mut Vec<Block>) + Send>;

/// Threads of their own, one a core: a hash takes a core for some 20 ms, and 19 MiB, which each thread keeps for the
/// next one. Asked for again each time, in blocks aligned as these, glibc before 2.39 would not reuse them.
static WORKERS: LazyLock<mpsc::Sender<Work>> = LazyLock::new(start_workers);

/// What to store in place of the password.
pub async fn hash(password: Password) -> Result<String, Error> {
    run(move |memory| {
        let salt = Salt::generate();
        let hash = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&Params::DEFAULT)?,
            salt: Some(salt),
            hash: Some(compute(&password, &salt, Params::DEFAULT, memory)?),
        };
        Ok(hash.to_string())
    })
    .await
}

/// Whether this is the password of that hash; without one it is not, but takes as long to say so.
pub async fn verify(password: Password, hash: Option<String>) -> Result<bool, Error> {
    run(move |memory| {
        let stored = PasswordHash::new(hash.as_deref().unwrap_or(DECOY))?;
        let salt = stored.salt.ok_or(password_hash::Error::SaltInvalid)?;
        let computed = compute(&password, &salt, Params::try_from(&stored)?, memory)?;
        // Outputs are compared in constant time.
        Ok(stored.hash == Some(computed) && hash.is_some())
    })
    .await
}

fn compute(
    password: &Password,
    salt: &Salt,
    params: Params,
    memory: &mut Vec<Block>,
) -> password_hash::Result<Output> {
    memory.resize(params.block_count(), Block::new());
    let mut output = [0; Params::DEFAULT_OUTPUT_LEN];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
        password.as_bytes(),
        salt,
        &mut output,
        memory,
    )?;
    Ok(Output::new(&output)?)
}

fn start_workers() -> mpsc::Sender<Work> {
    let (sender, receiver) = mpsc::channel();
    let receiver = Arc::new(Mutex::new(receiver));
    for _ in 0..available_parallelism().map_or(1, NonZero::get) {
        let receiver = Arc::clone(&receiver);
        thread::spawn(move || {
            let mut memory = Vec::new();
            while let Some(work) = next(&receiver) {
                work(&mut memory);
            }
        });
    }
    sender
}

fn next(receiver: &Mutex<mpsc::Receiver<Work>>) -> Option<Work> {
    receiver.lock().ok()?.recv().ok()
}

/// Runs it where it holds no other request up.
async fn run<T: Send + 'static>(
    work: impl FnOnce(&mut Vec<Block>) -> password_hash::Result<T> + Send + 'static,
) -> Result<T, Error> {
    let (reply, answer) = oneshot::channel();
    let work = move |memory: &mut Vec<Block>| {
        // Nobody waits any more where the request has timed out.
        if !reply.is_closed() {
            drop(reply.send(work(memory)));
        }
    };
    let sent = WORKERS.send(Box::new(work));
    sent.map_err(|_| Error::Internal("no thread hashes passwords".into()))?;

    match answer.await {
        Ok(Ok(result)) => Ok(result),
        Ok(Err(error)) => Err(Error::Internal(error.into())),
        Err(error) => Err(Error::Internal(error.into())),
    }
}
