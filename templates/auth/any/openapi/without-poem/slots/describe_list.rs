#[utoipa::path(
    get,
    path = "/api/v1/users",
    operation_id = "listUsers",
    tag = "users",
    params(Page),
    responses(
        (status = 200, description = "A page of users.", body = Listing<Profile>),
        errors::Query, errors::Service,
    ),
)]
