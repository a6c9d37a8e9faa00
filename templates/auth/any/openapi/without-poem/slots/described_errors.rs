/// The error of a request without valid credentials.
#[derive(IntoResponses)]
pub enum Caller {
    /// The request has no valid credentials.
    #[response(
        status = 401,
        content_type = "application/problem+json",
        headers(("WWW-Authenticate" = String, description = "The authentication scheme.")),
    )]
    Unauthorized(Problem<'static>),
}

/// The error of a request that the caller may not make.
#[derive(IntoResponses)]
pub enum Owner {
    /// The caller may not do this.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(Problem<'static>),
}

/// The error of too many failed logins.
#[derive(IntoResponses)]
pub enum Attempts {
    /// Too many wrong passwords for this account, or too many requests.
    #[response(
        status = 429,
        content_type = "application/problem+json",
        headers(("Retry-After" = u64, description = "Seconds to wait before trying again.")),
    )]
    TooManyAttempts(Problem<'static>),
}
