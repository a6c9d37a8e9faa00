#[utoipa::path(
    delete,
    path = "/api/v1/users/{id}",
    operation_id = "deleteUser",
    tag = "users",
    params(("id" = Uuid, Path, description = "The id of the user.")),
    responses(
        (status = 204, description = "The user has been deleted."),
        errors::Id, errors::Conflict, errors::Owner, errors::Service,
    ),
)]
