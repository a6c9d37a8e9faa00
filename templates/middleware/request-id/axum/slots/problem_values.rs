request_id,
