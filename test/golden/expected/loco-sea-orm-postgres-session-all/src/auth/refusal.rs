use thiserror::Error;

/// The reason why a request is not authenticated.
#[derive(Clone, Copy, Debug, Error)]
pub enum Refusal {
    #[error("sign in first")]
    Missing,
    #[error("the session has ended")]
    Invalid,
    #[error("the email or password is wrong")]
    WrongPassword,
}

impl Refusal {
    /// Returns the value of `WWW-Authenticate`. It must name a scheme (RFC 9110, section 15.5.2),
    /// but none is registered for cookies; browsers show no password prompt for this one.
    pub fn challenge(self) -> &'static str {
        "Cookie"
    }
}
