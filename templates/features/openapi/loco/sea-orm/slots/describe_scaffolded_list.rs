#[utoipa::path(
    get,
    path = "{{ path }}",
    operation_id = "list{{ pascal_plural }}",
    tag = "{{ file_name }}",
    params(Page),
    responses(
        (status = 200, description = "A page of rows.", body = Listing<{{ pascal_singular }}>),
        errors::Query, errors::Service,
    ),
)]
