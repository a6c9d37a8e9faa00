#[utoipa::path(
    post,
    path = "/api/v1/auth/register",
    operation_id = "register",
    tag = "users",
    request_body = Registration,
    responses(
        (
            status = 201,
            description = "The user.",
            body = User,
            headers(("Location" = String, description = "The path of the new user.")),
        ),
        errors::Body, errors::Conflict, errors::Service,
    ),
)]
