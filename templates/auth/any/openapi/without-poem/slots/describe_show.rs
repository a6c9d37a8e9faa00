#[utoipa::path(
    get,
    path = "/api/v1/users/{id}",
    operation_id = "findUser",
    tag = "users",
    params(("id" = Uuid, Path, description = "The id of the user.")),
    responses(
        (status = 200, description = "The user.", body = Profile),
        errors::Id, errors::Service,
    ),
)]
