use thiserror::Error;

/// Why a request is not from a signed-in caller.
#[derive(Clone, Copy, Debug, Error)]
pub enum Refusal {
    #[error("sign in first")]
    Missing,
    #[error("the session has ended")]
    Invalid,
    #[error("the email or the password is wrong")]
    WrongPassword,
}

impl Refusal {
    /// Returns the value of `WWW-Authenticate`. It must name a scheme (RFC 9110, section 15.5.2), but none is registered
    /// for cookies; with this one, no browser asks for a password.
    pub fn challenge(self) -> &'static str {
        "Cookie"
    }
}
