#[utoipa::path(
    post,
    path = "/api/v1/auth/logout",
    operation_id = "logout",
    tag = "users",
    responses(
        (
            status = 204,
            description = "The session has ended.",
            headers(("Set-Cookie" = String, description = "Deletes the session cookie.")),
        ),
        errors::Owner, errors::Service,
    ),
)]
