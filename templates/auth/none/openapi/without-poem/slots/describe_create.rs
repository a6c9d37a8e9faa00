#[utoipa::path(
    post,
    path = "/api/v1/users",
    operation_id = "createUser",
    tag = "users",
    request_body = NewUser,
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
