/// The `x-request-id` of the response, also included in its log lines.
request_id: &'a str,
