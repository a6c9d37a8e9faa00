if let Self::Unauthorized(refusal) = self {
    let challenge = HeaderValue::from_static(refusal.challenge());
    response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
}
