//! Credentials of users.

use serde::{Deserialize, Deserializer};
use uuid::Uuid;
use validator::Validate;

use crate::models::{email, text};

/// The stored password hash of a user.
#[derive(Clone)]
pub struct Credentials {
    pub user_id: Uuid,
    pub password_hash: String,
}

/// The body of a registration. It cannot be formatted, so its password cannot be logged.
#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    #[serde(deserialize_with = "text::deserialize")]
    #[validate(length(min = 1, max = 100), custom(function = "text::check"))]
    pub name: String,
    #[serde(deserialize_with = "email::deserialize")]
    #[validate(length(max = 254), custom(function = "email::check"))]
    pub email: String,
    /// Length makes a password hard to guess (NIST SP 800-63B).
    #[serde(deserialize_with = "deserialize_password")]
    #[validate(length(min = 12, max = 128), custom(function = "text::check_hidden"))]
    pub password: String,
}

/// The body of a login. Like [`Registration`], it cannot be formatted.
#[derive(Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Login {
    #[serde(deserialize_with = "email::deserialize")]
    #[validate(length(max = 254), custom(function = "email::check"))]
    pub email: String,
    #[serde(deserialize_with = "deserialize_password")]
    pub password: String,
}

/// Normalizes a password, since keyboards and systems encode the same password differently
/// (RFC 8265, section 4.2).
fn deserialize_password<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok(text::compose(&text::unify_spaces(&text)))
}
