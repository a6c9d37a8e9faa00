use thiserror::Error;

/// Why a request is not taken for one of a user who is signed in.
#[derive(Clone, Copy, Debug, Error)]
pub enum Refusal {
    #[error("sign in first")]
    Missing,
    #[error("the access token is not valid, or not any more")]
    Invalid,
    #[error("the email or the password is wrong")]
    WrongPassword,
}

impl Refusal {
    /// What `WWW-Authenticate` says (RFC 6750, section 3).
    pub fn challenge(self) -> &'static str {
        match self {
            Self::Invalid => r#"Bearer error="invalid_token""#,
            Self::Missing | Self::WrongPassword => "Bearer",
        }
    }
}
