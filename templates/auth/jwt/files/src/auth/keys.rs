//! The keys of access tokens.

use std::iter::once;
use std::str::FromStr;

use jsonwebtoken::DecodingKey;
use jsonwebtoken::EncodingKey;

/// The first signs; all verify, so that what the last one has signed is still valid after a new one has come first.
pub struct Keys {
    first: Key,
    others: Vec<Key>,
}

/// A secret, and the name by which tokens refer to it.
pub struct Key {
    pub id: String,
    pub encoding: EncodingKey,
    pub decoding: DecodingKey,
}

impl Keys {
    /// The one to sign with.
    pub fn first(&self) -> &Key {
        &self.first
    }

    /// The one of that name.
    pub fn find(&self, id: &str) -> Option<&Key> {
        self.iter().find(|key| key.id == id)
    }

    /// Whether one of them is that of `.env.example`, which everybody knows.
    pub fn are_for_development(&self) -> bool {
        self.find("development").is_some()
    }

    fn iter(&self) -> impl Iterator<Item = &Key> {
        once(&self.first).chain(&self.others)
    }
}

impl FromStr for Keys {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut keys = text.split(',').map(|key| key.trim().parse());
        Ok(Self {
            first: keys.next().ok_or(())??,
            others: keys.collect::<Result<_, _>>()?,
        })
    }
}

impl FromStr for Key {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once(':') {
            // As long as the hash, which RFC 7518, section 3.2, asks for.
            Some((id, secret)) if !id.is_empty() && secret.len() >= 32 => Ok(Self {
                id: id.to_owned(),
                encoding: EncodingKey::from_secret(secret.as_bytes()),
                decoding: DecodingKey::from_secret(secret.as_bytes()),
            }),
            _ => Err(()),
        }
    }
}
