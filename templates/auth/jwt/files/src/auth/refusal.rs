use thiserror::Error;

/// The reason why a request is not authenticated.
#[derive(Clone, Copy, Debug, Error)]
pub enum Refusal {
    #[error("sign in first")]
    Missing,
    #[error("the access token is invalid or has expired")]
    Invalid,
    #[error("the email or password is wrong")]
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
