request_id: &'a str,
