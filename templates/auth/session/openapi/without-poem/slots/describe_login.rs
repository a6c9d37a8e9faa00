#[utoipa::path(
    post,
    path = "/api/v1/auth/login",
    operation_id = "login",
    tag = "users",
    request_body = Login,
    responses(
        (
            status = 204,
            description = "The user is signed in.",
            headers(("Set-Cookie" = String, description = "The session cookie.")),
        ),
        errors::Body, errors::Caller, errors::Service, errors::Attempts,
    ),
)]
