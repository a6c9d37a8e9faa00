#[error("{0}")]
Unauthorized(Refusal),
#[error("{0}")]
Forbidden(&'static str),
