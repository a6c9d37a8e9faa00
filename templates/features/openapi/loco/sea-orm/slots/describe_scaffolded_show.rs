#[utoipa::path(
    get,
    path = "{{ path }}/{id}",
    operation_id = "find{{ pascal_singular }}",
    tag = "{{ file_name }}",
    params(("id" = i64, Path, description = "The id of the row.")),
    responses(
        (status = 200, description = "The row.", body = {{ pascal_singular }}),
        errors::Id, errors::Service,
    ),
)]
