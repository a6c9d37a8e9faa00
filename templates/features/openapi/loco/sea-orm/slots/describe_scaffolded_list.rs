#[utoipa::path(
    get,
    path = "{{ path }}",
    operation_id = "list{{ pascal_plural }}",
    tag = "{{ file_name }}",
    params(
        (
            "page" = Option<u32>, Query, minimum = 1, maximum = 4_294_967_295_u32,
            description = "Page number, starting at 1 (the default).",
        ),
        (
            "per_page" = Option<u32>, Query, minimum = 1, maximum = 100,
            description = "Maximum number of items per page (20 by default).",
        ),
    ),
    responses(
        (status = 200, description = "A page of rows.", body = Listing<{{ pascal_singular }}>),
        errors::Query, errors::Service,
    ),
)]
