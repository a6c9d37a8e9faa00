request_id: String,
