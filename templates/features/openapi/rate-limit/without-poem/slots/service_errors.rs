/// The client has sent too many requests.
#[response(
    status = 429,
    content_type = "application/problem+json",
    headers(("Retry-After" = u64, description = "Seconds to wait before trying again.")),
)]
TooManyRequests(Problem<'static>),
