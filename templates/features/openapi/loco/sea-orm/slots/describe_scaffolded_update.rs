#[utoipa::path(
    put,
    path = "{{ path }}/{id}",
    operation_id = "update{{ pascal_singular }}",
    tag = "{{ file_name }}",
    params(("id" = i64, Path, description = "The id of the row.")),
    request_body = {{ pascal_singular }}Fields,
    responses(
        (status = 200, description = "The row.", body = {{ pascal_singular }}),
        errors::Id, errors::Body, errors::Conflict, errors::Service,
    ),
)]
