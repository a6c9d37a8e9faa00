#[utoipa::path(
    post,
    path = "/api/v1/auth/login",
    operation_id = "login",
    tag = "users",
    request_body = Login,
    responses(
        (status = 200, description = "An access token.", body = AccessToken),
        errors::Body, errors::Caller, errors::Service, errors::Attempts,
    ),
)]
