use thiserror::Error;

/// Why a request is not from a signed-in caller.
#[derive(Clone, Copy, Debug, Error)]
pub enum Refusal {
    #[error("sign in first")]
    Missing,
    #[error("the access token is invalid or has expired")]
    Invalid,
    #[error("the email or the password is wrong")]
    WrongPassword,
}

impl Refusal {
    /// Returns the value of `WWW-Authenticate` (RFC 6750, section 3).
    pub fn challenge(self) -> &'static str {
        match self {
            Self::Invalid => r#"Bearer error="invalid_token""#,
            Self::Missing | Self::WrongPassword => "Bearer",
        }
    }
}
