//! User accounts.

use chrono::DateTime;
use chrono::Utc;
use idna::AsciiDenyList;
use idna::uts46::DnsLength;
use idna::uts46::Hyphens;
use idna::uts46::Uts46;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::error::Violation;
use crate::input::FromField;
use crate::input::FromInput;
use crate::input::Input;
use crate::input::string;
use crate::models::text;
use crate::models::timestamp;

/// A user, as stored and as sent to clients.
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
    /// Adds a time-ordered id and the current time.
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

/// The fields of a new user.
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

/// The fields to change; `None` leaves a field unchanged.
pub struct UserChanges {
    pub name: Option<Name>,
    pub email: Option<Email>,
}

impl UserChanges {
    /// Whether no field changes.
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

/// A trimmed name of 1 to 100 characters, without control or invisible characters.
pub struct Name(String);

impl TryFrom<String> for Name {
    type Error = Violation;

    fn try_from(text: String) -> Result<Self, Violation> {
        let name = text::compose(text.trim());

        if !name.chars().any(text::is_visible) {
            return Err(Violation::new("too_short", "must not be blank"));
        }
        if name.chars().count() > 100 {
            return Err(Violation::new(
                "too_long",
                "must have at most 100 characters",
            ));
        }
        if name.chars().any(text::is_hidden) {
            return Err(Violation::new(
                "invalid",
                "must not contain control or invisible characters",
            ));
        }
        Ok(Self(name))
    }
}

impl FromField for Name {
    fn from_field(value: Value) -> Result<Self, Violation> {
        string(value)?.try_into()
    }
}

impl From<Name> for String {
    fn from(Name(name): Name) -> Self {
        name
    }
}

/// An email address of at most 254 characters, normalized by [`canonical`].
pub struct Email(String);

impl TryFrom<String> for Email {
    type Error = Violation;

    fn try_from(text: String) -> Result<Self, Violation> {
        let Some(email) = canonical(&text) else {
            return Err(Violation::new("invalid", "must be an email address"));
        };
        if email.chars().count() > 254 {
            return Err(Violation::new(
                "too_long",
                "must have at most 254 characters",
            ));
        }
        Ok(Self(email))
    }
}

impl FromField for Email {
    fn from_field(value: Value) -> Result<Self, Violation> {
        string(value)?.try_into()
    }
}

impl Email {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Email> for String {
    fn from(Email(email): Email) -> Self {
        email
    }
}

/// Normalizes an address, so that equal addresses are the same text: the local part in lower case,
/// and the domain in the ASCII form that DNS uses, so that `bücher.example` equals
/// `xn--bcher-kva.example`. Rejects what cannot be an address; only a message sent there shows
/// whether it exists.
fn canonical(email: &str) -> Option<String> {
    let email = text::simplify(email.trim());
    let (local, domain) = email.rsplit_once('@')?;
    let local = text::fold(local);
    let domain = Uts46::new()
        .to_ascii(
            domain.as_bytes(),
            AsciiDenyList::STD3,
            Hyphens::CheckFirstLast,
            DnsLength::Verify,
        )
        .ok()?;

    let is_atom = |atom: &str| !atom.is_empty() && atom.chars().all(is_in_atom);
    let is_plausible = local.len() <= 64 && local.split('.').all(is_atom) && domain.contains('.');
    is_plausible.then(|| format!("{local}@{domain}"))
}

/// Whether a character may be in a local part without quotes (RFC 5322, section 3.2.3; RFC 6532,
/// section 3.2).
fn is_in_atom(c: char) -> bool {
    text::is_alphanumeric(c) || "!#$%&'*+-/=?^_`{|}~".contains(c)
}
