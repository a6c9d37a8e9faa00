/// Builds a response with the status and the headers that tell the client how to proceed.
fn as_response(&self) -> Response {
    let response = self.status().into_response();
    match self {
        Self::Unauthorized(refusal) => response
            .with_header(WWW_AUTHENTICATE, refusal.challenge())
            .into_response(),
        Self::TooManyAttempts { retry_after } => response
            .with_header(RETRY_AFTER, *retry_after)
            .into_response(),
        _ => response,
    }
}
