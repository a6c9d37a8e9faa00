if error.is::<AuthorizationError>() {
    return Error::Unauthorized(crate::auth::refusal::Refusal::Missing).into();
}
