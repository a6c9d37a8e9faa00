let request_id = super::request_id::of(&request).to_owned();
