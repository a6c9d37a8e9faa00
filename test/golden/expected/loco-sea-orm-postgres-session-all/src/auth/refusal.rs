use thiserror::Error;

/// Why a request is not taken for one of a user who is signed in.
#[derive(Clone, Copy, Debug, Error)]
pub enum Refusal {
    #[error("sign in first")]
    Missing,
    #[error("the session is over")]
    Invalid,
    #[error("the email or the password is wrong")]
    WrongPassword,
}

impl Refusal {
    /// What `WWW-Authenticate` says. It has to name a scheme (RFC 9110, section 15.5.2), and none is registered for
    /// cookies; this one makes no browser ask for a password.
    pub fn challenge(self) -> &'static str {
        "Cookie"
    }
}
