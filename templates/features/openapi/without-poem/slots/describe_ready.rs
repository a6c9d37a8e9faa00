#[utoipa::path(
    get,
    path = "/ready",
    operation_id = "ready",
    tag = "service",
    responses(
        (
            status = 200,
            description = "The service accepts requests. The status is `degraded` if an optional \
                dependency is unavailable.",
            body = Readiness,
        ),
        (
            status = 503,
            description = "A required dependency is unavailable, or the service is shutting down.",
            body = Readiness,
        ),
    ),
)]
