#[utoipa::path(
    get,
    path = "/api/v1/auth/me",
    operation_id = "me",
    tag = "users",
    responses((status = 200, description = "The user.", body = User), errors::Service),
)]
