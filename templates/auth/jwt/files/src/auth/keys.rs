//! The keys of access tokens.

use std::collections::HashSet;
use std::iter::once;
use std::str::FromStr;

use jsonwebtoken::DecodingKey;
use jsonwebtoken::EncodingKey;

use crate::config::Environment;
use crate::config::Host;

/// The secrets from `.env.example` and the tests, which are public, in plain text and in Base64.
const PUBLISHED: [&str; 6] = [
    "not-a-secret-for-this-machine-only",
    "bm90LWEtc2VjcmV0LWZvci10aGlzLW1hY2hpbmUtb25seQ",
    "0123456789abcdef0123456789abcdef",
    "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY",
    "fedcba9876543210fedcba9876543210",
    "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA",
];

/// The first key signs and all keys verify, so tokens stay valid when a new key is added in front.
pub struct Keys {
    first: Key,
    others: Vec<Key>,
}

/// A secret and the id by which tokens refer to it.
pub struct Key {
    pub id: String,
    pub encoding: EncodingKey,
    pub decoding: DecodingKey,
    is_published: bool,
}

impl Keys {
    /// Returns the key to sign with.
    pub fn first(&self) -> &Key {
        &self.first
    }

    /// Returns the key with this id.
    pub fn find(&self, id: &str) -> Option<&Key> {
        self.iter().find(|key| key.id == id)
    }

    /// Returns whether one of the secrets is a published example.
    fn include_published(&self) -> bool {
        self.iter().any(|key| key.is_published)
    }

    fn iter(&self) -> impl Iterator<Item = &Key> {
        once(&self.first).chain(&self.others)
    }
}

impl FromStr for Keys {
    type Err = ();

    /// Reads `id:secret` pairs separated by commas; each id must be unique.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut keys = text.split(',').map(|key| key.trim().parse());
        let keys = Self {
            first: keys.next().ok_or(())??,
            others: keys.collect::<Result<_, _>>()?,
        };
        let mut ids = HashSet::new();
        let are_unique = keys.iter().all(|key| ids.insert(&key.id));
        are_unique.then_some(keys).ok_or(())
    }
}

impl FromStr for Key {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            // At least as long as the hash (RFC 7518, section 3.2).
            Some((id, secret)) if !id.is_empty() && secret.len() >= 32 => Ok(Self {
                id: id.to_owned(),
                encoding: EncodingKey::from_secret(secret.as_bytes()),
                decoding: DecodingKey::from_secret(secret.as_bytes()),
                is_published: is_published(secret),
            }),
            _ => Err(()),
        }
    }
}

/// Returns the problem if a published key could be used from the network. By default, HOST is a
/// loopback address.
pub fn problem(environment: &Environment) -> Option<String> {
    let host: Host = environment.get("HOST")?.parse().ok()?;
    let keys: Keys = environment.get("JWT_KEYS")?.parse().ok()?;
    (!host.is_loopback() && keys.include_published()).then(|| {
        "JWT_KEYS must not contain a published example key unless HOST is a loopback address; \
         generate a key with: openssl rand -base64 32"
            .to_owned()
    })
}

/// Returns whether the secret is a published one, in plain text, Base64 or hex.
fn is_published(secret: &str) -> bool {
    let secret = secret.trim_end_matches('=');
    PUBLISHED.into_iter().any(|known| {
        let hex = known.bytes().map(|byte| format!("{byte:02x}"));
        known == secret || hex.collect::<String>().eq_ignore_ascii_case(secret)
    })
}
