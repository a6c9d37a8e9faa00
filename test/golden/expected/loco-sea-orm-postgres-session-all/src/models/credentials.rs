//! Credentials of users.

use serde_json::Value;
use uuid::Uuid;

use crate::error::Violation;
use crate::input::FromField;
use crate::input::FromInput;
use crate::input::Input;
use crate::input::string;
use crate::models::text;
use crate::models::user::Email;
use crate::models::user::NewUser;

/// The stored password hash of a user.
#[derive(Clone)]
pub struct Credentials {
    pub user_id: Uuid,
    pub password_hash: String,
}

/// The body of a registration.
pub struct Registration {
    pub user: NewUser,
    pub password: Password,
}

impl FromInput for Registration {
    fn from_input(input: &mut Input) -> Option<Self> {
        let user = NewUser::from_input(input);
        let password = input.required::<NewPassword>("password");
        Some(Self {
            user: user?,
            password: password?.0,
        })
    }
}

/// The body of a login.
pub struct Login {
    pub email: Email,
    pub password: Password,
}

impl FromInput for Login {
    fn from_input(input: &mut Input) -> Option<Self> {
        let email = input.required("email");
        let password = input.required("password");
        Some(Self {
            email: email?,
            password: password?,
        })
    }
}

/// A password in the form that is hashed. It cannot be formatted, so it cannot be logged.
pub struct Password(String);

impl Password {
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl From<String> for Password {
    /// Normalises the text, because keyboards and systems encode the same password differently
    /// (RFC 8265, section 4.2).
    fn from(text: String) -> Self {
        Self(text::compose(&text::unify_spaces(&text)))
    }
}

impl FromField for Password {
    fn from_field(value: Value) -> Result<Self, Violation> {
        string(value).map(Self::from)
    }
}

/// A password of 12 to 128 characters: length makes a password hard to guess (NIST SP 800-63B).
struct NewPassword(Password);

impl TryFrom<String> for NewPassword {
    type Error = Violation;

    fn try_from(text: String) -> Result<Self, Violation> {
        let password = Password::from(text);

        if password.0.chars().any(text::is_hidden) {
            return Err(Violation::new(
                "invalid",
                "must not contain control or invisible characters",
            ));
        }
        match password.0.chars().count() {
            ..12 => Err(Violation::new(
                "too_short",
                "must have at least 12 characters",
            )),
            12..=128 => Ok(Self(password)),
            _ => Err(Violation::new(
                "too_long",
                "must have at most 128 characters",
            )),
        }
    }
}

impl FromField for NewPassword {
    fn from_field(value: Value) -> Result<Self, Violation> {
        string(value)?.try_into()
    }
}
