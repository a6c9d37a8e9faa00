#[utoipa::path(
    delete,
    path = "{{ path }}/{id}",
    operation_id = "delete{{ pascal_singular }}",
    tag = "{{ file_name }}",
    params(("id" = i64, Path, description = "The id of the row.")),
    responses(
        (status = 204, description = "The row was deleted."),
        errors::Id, errors::Conflict, errors::Service,
    ),
)]
