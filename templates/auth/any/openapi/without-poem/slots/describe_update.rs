#[utoipa::path(
    patch,
    path = "/api/v1/users/{id}",
    operation_id = "updateUser",
    tag = "users",
    params(("id" = Uuid, Path, description = "The id of the user.")),
    request_body = UserChanges,
    responses(
        (status = 200, description = "The updated user.", body = User),
        errors::Id, errors::Body, errors::Conflict, errors::Owner, errors::Service,
    ),
)]
