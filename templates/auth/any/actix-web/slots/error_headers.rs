/// Builds a response with the status and the headers that tell the client how to proceed.
fn error_response(&self) -> HttpResponse {
    let mut response = HttpResponse::build(self.status_code());
    if let Self::Unauthorized(refusal) = self {
        response.insert_header((WWW_AUTHENTICATE, refusal.challenge()));
    }
    if let Self::TooManyAttempts { retry_after } = self {
        response.insert_header((RETRY_AFTER, *retry_after));
    }
    response.finish()
}
