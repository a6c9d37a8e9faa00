//! Credentials of users.

use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::models::{email, text};

/// The stored password hash of a user.
#[derive(Clone)]
pub struct Credentials {
    pub user_id: Uuid,
    pub password_hash: String,
}

/// The body of a registration.
// Not `Debug`, so that its password cannot be logged.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    #[serde(deserialize_with = "text::deserialize")]
    #[validate(length(min = 1, max = 100), custom(function = "text::check"))]
    #[schema(schema_with = crate::models::schema::name)]
    pub name: String,
    #[serde(deserialize_with = "email::deserialize")]
    #[validate(length(max = 254), custom(function = "email::check"))]
    #[schema(format = "idn-email", max_length = 254, examples("ada@example.org"))]
    pub email: String,
    // Length makes a password hard to guess (NIST SP 800-63B).
    #[serde(deserialize_with = "deserialize_password")]
    #[validate(length(min = 12, max = 128), custom(function = "text::check_hidden"))]
    #[schema(schema_with = crate::models::schema::new_password)]
    pub password: String,
}

/// The body of a login.
// Not `Debug`, like the registration.
#[derive(Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Login {
    #[serde(deserialize_with = "email::deserialize")]
    #[validate(length(max = 254), custom(function = "email::check"))]
    #[schema(format = "idn-email", max_length = 254, examples("ada@example.org"))]
    pub email: String,
    #[serde(deserialize_with = "deserialize_password")]
    #[schema(format = Password, write_only)]
    pub password: String,
}

/// Normalizes a password, since keyboards and systems encode the same password differently
/// (RFC 8265, section 4.2).
fn deserialize_password<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok(text::compose(&text::unify_spaces(&text)))
}
