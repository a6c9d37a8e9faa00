if let Self::Unauthorized(refusal) = self {
    let challenge = HeaderValue::from_static(refusal.challenge());
    response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
}
if let Self::TooManyAttempts { retry_after } = self {
    response
        .headers_mut()
        .insert(RETRY_AFTER, retry_after.into());
}
