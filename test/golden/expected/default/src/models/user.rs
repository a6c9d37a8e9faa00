//! People who have an account.

use chrono::DateTime;
use chrono::Utc;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::error::Violation;
use crate::input::FromField;
use crate::input::FromInput;
use crate::input::Input;
use crate::input::string;
use crate::models::timestamp;

/// A user as stored and as sent.
#[derive(Clone, Serialize)]
pub struct User {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    #[serde(serialize_with = "timestamp::serialize")]
    pub created_at: DateTime<Utc>,
    #[serde(serialize_with = "timestamp::serialize")]
    pub updated_at: DateTime<Utc>,
}

impl From<NewUser> for User {
    /// Gives it an id that sorts by age, and the present as its time.
    fn from(new: NewUser) -> Self {
        let now = timestamp::now();
        Self {
            id: Uuid::now_v7(),
            name: new.name.into(),
            email: new.email.into(),
            created_at: now,
            updated_at: now,
        }
    }
}

/// What a user is made from.
pub struct NewUser {
    pub name: Name,
    pub email: Email,
}

impl FromInput for NewUser {
    fn from_input(input: &mut Input) -> Option<Self> {
        let name = input.required("name");
        let email = input.required("email");
        Some(Self {
            name: name?,
            email: email?,
        })
    }
}

/// What is to be different; `None` keeps the value.
pub struct UserChanges {
    pub name: Option<Name>,
    pub email: Option<Email>,
}

impl UserChanges {
    /// Whether everything keeps its value.
    pub fn is_empty(&self) -> bool {
        self.name.is_none() && self.email.is_none()
    }
}

impl FromInput for UserChanges {
    fn from_input(input: &mut Input) -> Option<Self> {
        Some(Self {
            name: input.optional("name"),
            email: input.optional("email"),
        })
    }
}

/// 1 to 100 characters, none of them a control character, no space around them.
pub struct Name(String);

impl FromField for Name {
    fn from_field(value: Value) -> Result<Self, Violation> {
        let text = string(value)?;
        let name = text.trim();

        if name.is_empty() {
            return Err(Violation::new("too_short", "must not be blank"));
        }
        if name.chars().count() > 100 {
            return Err(Violation::new(
                "too_long",
                "must have at most 100 characters",
            ));
        }
        if name.chars().any(char::is_control) {
            return Err(Violation::new(
                "invalid",
                "must not have control characters",
            ));
        }
        Ok(Self(name.to_owned()))
    }
}

impl From<Name> for String {
    fn from(Name(name): Name) -> Self {
        name
    }
}

/// A plausible address of at most 254 characters, in lower case, so that equal ones are the same text.
pub struct Email(String);

impl FromField for Email {
    fn from_field(value: Value) -> Result<Self, Violation> {
        let email = string(value)?.trim().to_lowercase();

        if email.chars().count() > 254 {
            return Err(Violation::new(
                "too_long",
                "must have at most 254 characters",
            ));
        }
        if !is_plausible(&email) {
            return Err(Violation::new("invalid", "must be an email address"));
        }
        Ok(Self(email))
    }
}

impl From<Email> for String {
    fn from(Email(email): Email) -> Self {
        email
    }
}

/// Only a message sent there shows whether an address exists; this keeps out what cannot be one.
fn is_plausible(email: &str) -> bool {
    let Some((local, domain)) = email.rsplit_once('@') else {
        return false;
    };
    let is_allowed =
        |c: char| !c.is_whitespace() && !c.is_control() && !"@,;<>()[]\\\"".contains(c);

    !local.is_empty()
        && domain.contains('.')
        && domain.split('.').all(|label| !label.is_empty())
        && local.chars().chain(domain.chars()).all(is_allowed)
}
