#[utoipa::path(
    post,
    path = "{{ path }}",
    operation_id = "create{{ pascal_singular }}",
    tag = "{{ file_name }}",
    request_body = {{ pascal_singular }}Fields,
    responses(
        (
            status = 201,
            description = "The new row.",
            body = {{ pascal_singular }},
            headers(("Location" = String, description = "The path of the new row.")),
        ),
        errors::Body, errors::Conflict, errors::Service,
    ),
)]
