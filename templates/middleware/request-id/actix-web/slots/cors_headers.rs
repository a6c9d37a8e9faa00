super::request_id::X_REQUEST_ID,
