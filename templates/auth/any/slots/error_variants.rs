#[error("{0}")]
Unauthorized(Refusal),
#[error("{0}")]
Forbidden(&'static str),
#[error("too many wrong passwords for this account; try again later")]
TooManyAttempts { retry_after: u64 },
