mod request_id;
