#[utoipa::path(
    get,
    path = "{{ path }}",
    operation_id = "list{{ pascal_plural }}",
    tag = "{{ file_name }}",
    params(
        ("page" = Option<u32>, Query, minimum = 1, nullable = false),
        ("per_page" = Option<u32>, Query, minimum = 1, maximum = 100, nullable = false),
    ),
    responses(
        (status = 200, description = "A page of rows.", body = Listing<{{ pascal_singular }}>),
        errors::Query, errors::Service,
    ),
)]
